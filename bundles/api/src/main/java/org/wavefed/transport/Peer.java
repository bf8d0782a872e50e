// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Who a call came from, as the transport authenticated it. A wave service often has another address
 * than the domain it serves ({@code wave.acmewave.example} for {@code acmewave.example}), so
 * whether it may speak for a domain is asked of the transport, which finds out by discovery: it may
 * if the domain's discovered wave service is this very address. Thread-safe.
 */
@ConsumerType
public interface Peer {
  /** The authenticated address of the caller, lower case. */
  String address();

  /** The domain of ours that it called. */
  String localDomain();

  /**
   * The {@link FederationTransport#kind()} of the transport that it called over; empty if that is
   * not known.
   */
  default String transport() {
    return "";
  }

  /**
   * Whether the caller is the wave service of the domain. Completes within the transport's
   * discovery timeout; false if the domain has no wave service or none was found in time.
   */
  CompletionStage<Boolean> speaksFor(String domain);
}
