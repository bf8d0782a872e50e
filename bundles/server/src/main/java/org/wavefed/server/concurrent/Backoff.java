// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.concurrent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures: doubling, bounded, with jitter so that peers do not march.
 * Thread-safe.
 */
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;

  /**
   * @param first the longest first wait
   * @param longest the longest wait of all
   * @param random where the jitter comes from
   */
  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /**
   * The wait before the next try.
   *
   * @param failures how many tries in a row have failed, 1 or more
   * @return between half and all of the first wait, twice and four times that, … the longest
   */
  public Duration after(int failures) {
    long whole = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, 20));
    return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
  }
}
