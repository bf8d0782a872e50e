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
  /** Where an operator finds the keys. */
  static final String FILE = "org.wavefed.dns.dnsjava.cfg";

  /** Copies the list. */
  DnsSettings {
    nameservers = List.copyOf(nameservers);
  }

  /**
   * As configured.
   *
   * @throws IllegalArgumentException with one line for the operator, if a nameserver is no address
   */
  static DnsSettings of(DnsjavaResolver.Config config) {
    return of(config, NameserverAddresses.of(config.nameservers()));
  }

  /** The same without a nameserver. */
  static DnsSettings ofNobody(DnsjavaResolver.Config config) {
    return of(config, List.of());
  }

  private static DnsSettings of(
      DnsjavaResolver.Config config, List<InetSocketAddress> nameservers) {
    return new DnsSettings(
        nameservers,
        Duration.ofMillis(config.timeout_millis()),
        config.rounds(),
        config.nameservers_trusted(),
        config.cache_answers_max());
  }
}
