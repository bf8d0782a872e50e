// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after failures: doubling, bounded, with jitter so that peers do not march. */
final class Backoff {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(5);

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The wait before the next try.
   *
   * @param failures how many tries in a row have failed, 1 or more
   * @return between half and all of 1 s, 2 s, 4 s, … 5 min
   */
  Duration after(int failures) {
    long whole = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures - 1, 20));
    return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
  }
}
