// SPDX-License-Identifier: Apache-2.0
package org.wavefed.ping.federation;

import java.util.List;
import java.util.Map;
import org.wavefed.federation.PeerTransports;

/** What a server says of its peers. */
record FakeChoice(Map<String, String> pins, List<Use> uses) implements PeerTransports {
  @Override
  public void pin(String peerDomain, String kind) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unpin(String peerDomain) {
    throw new UnsupportedOperationException();
  }
}
