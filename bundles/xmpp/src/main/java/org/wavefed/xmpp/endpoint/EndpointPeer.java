// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.wavefed.transport.Peer;

/** A caller whose address the stream vouches for. */
record EndpointPeer(
    String transport,
    String address,
    String localDomain,
    PeerAddresses addresses,
    Duration discovery)
    implements Peer {
  @Override
  public CompletionStage<Boolean> speaksFor(String domain) {
    return addresses.isServiceOf(address, domain, discovery);
  }

  @Override
  public String toString() {
    return address;
  }
}
