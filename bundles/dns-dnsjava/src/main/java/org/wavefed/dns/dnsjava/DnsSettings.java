// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How questions are asked.
 *
 * @param nameservers whom, in order
 * @param timeout how long to wait for one answer
 * @param rounds how often each is asked
 * @param trusted whether nameservers beyond loopback are believed when they say that they validated
 *     an answer
 * @param cacheAnswersMax how many answers are kept
 */
record DnsSettings(
    List<InetSocketAddress> nameservers,
    Duration timeout,
    int rounds,
    boolean trusted,
    int cacheAnswersMax) {
  /**
   * @throws IllegalArgumentException with one line for the operator, if a number is out of range
   */
  DnsSettings {
    nameservers = List.copyOf(nameservers);
    requireWithin("timeout.millis", timeout.toMillis(), 50, 60_000);
    requireWithin("rounds", rounds, 1, 10);
    requireWithin("cache.answers.max", cacheAnswersMax, 1, 1_000_000);
  }

  private static void requireWithin(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s in org.wavefed.dns.dnsjava.cfg: %d is not within %d to %d"
              .formatted(key, value, least, most));
    }
  }
}
