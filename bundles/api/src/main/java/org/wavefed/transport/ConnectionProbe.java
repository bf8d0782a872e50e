// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** Tries how a peer can be reached, for operators. Thread-safe. */
@ConsumerType
public interface ConnectionProbe {
  /**
   * Goes through the steps of establishing a connection, with connections of its own that are
   * closed again. Completes normally whether or not the peer can be reached, within a minute or
   * two; exceptionally with a {@link FederationException} if the domain of ours is not served here.
   *
   * @param localDomain the domain of ours that it is tried for
   * @param peerDomain the domain to reach
   * @param fresh whether to ask the DNS anew, whatever its cache says
   */
  CompletionStage<ProbeReport> probe(String localDomain, String peerDomain, boolean fresh);
}
