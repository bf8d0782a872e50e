// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: 1 s, doubled up to 60 s, give or take a fifth. */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final RandomGenerator random;
  private Duration next = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** It worked. */
  void reset() {
    next = FIRST;
  }

  /** It will not work until somebody changes something. */
  void slow() {
    next = LONGEST;
  }

  Duration next() {
    Duration wait = next;
    next = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
    return Duration.ofMillis((long) (wait.toMillis() * random.nextDouble(0.8, 1.2)));
  }
}
