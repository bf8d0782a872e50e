// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections that others have open to us, in all and for each {@link Network}: who has
 * a whole IPv6 network may have no more than who has one address. Thread-safe.
 */
final class OpenConnections {
  private final int max;
  private final int networkMax;
  private final AtomicInteger all = new AtomicInteger();
  private final Map<Network, Integer> perNetwork = new ConcurrentHashMap<>();

  /**
   * @param max how many there may be
   * @param networkMax how many of these may be of one network
   */
  OpenConnections(int max, int networkMax) {
    this.max = max;
    this.networkMax = networkMax;
  }

  /**
   * One more; returns whether there may be so many. If not it counts all the same, until closed.
   */
  boolean opened(InetAddress from) {
    int same = perNetwork.merge(Network.of(from), 1, Integer::sum);
    return all.incrementAndGet() <= max && same <= networkMax;
  }

  /** One less. */
  void closed(InetAddress from) {
    all.decrementAndGet();
    perNetwork.computeIfPresent(Network.of(from), (network, n) -> n == 1 ? null : n - 1);
  }
}
