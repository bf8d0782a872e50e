// SPDX-License-Identifier: Apache-2.0
package org.wavefed.ping;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** Pings the wave service of another domain. Thread-safe. */
@ConsumerType
public interface PingService {
  /**
   * Sends one ping and waits for its answer.
   *
   * @param localDomain the domain of ours that asks, empty for the default one
   * @param peerDomain the domain to ping
   * @param timeout for everything, discovery included
   * @return how it went; never completes exceptionally for anything that the peer or the way to it
   *     does
   */
  CompletionStage<PingResult> ping(String localDomain, String peerDomain, Duration timeout);
}
