// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Bounds how many lines of one kind others can make us log: so many in each {@link #PERIOD} because
 * of one of them, and so many because of all. How many more there would have been is said when the
 * next asks. Thread-safe.
 */
public final class LogBudget {
  /** How long a budget lasts. */
  public static final Duration PERIOD = Duration.ofMinutes(1);

  private final Clock clock;
  private final int most;
  private final int mostOfOne;
  private final IntConsumer sayMore;
  private final Map<String, Integer> lines = new HashMap<>();
  private Instant periodEnd = Instant.EPOCH;
  private int all;
  private int unsaid;

  /**
   * @param most how many lines in each period
   * @param mostOfOne how many of them because of one
   * @param sayMore logs how many lines there would have been beyond the budget
   */
  public LogBudget(Clock clock, int most, int mostOfOne, IntConsumer sayMore) {
    this.clock = clock;
    this.most = most;
    this.mostOfOne = mostOfOne;
    this.sayMore = sayMore;
  }

  /**
   * Whether one more line may be logged; if so, it counts.
   *
   * @param becauseOf whom: a domain
   */
  public boolean allows(String becauseOf) {
    settle();
    synchronized (lines) {
      int ofOne = lines.getOrDefault(becauseOf, 0);
      if (all >= most || ofOne >= mostOfOne) {
        unsaid++;
        return false;
      }
      lines.put(becauseOf, ofOne + 1);
      all++;
      return true;
    }
  }

  /** Ends the period if it is over. */
  public void settle() {
    int more;
    synchronized (lines) {
      Instant now = clock.instant();
      if (now.isBefore(periodEnd)) {
        return;
      }
      more = unsaid;
      periodEnd = now.plus(PERIOD);
      lines.clear();
      all = 0;
      unsaid = 0;
    }
    if (more > 0) {
      sayMore.accept(more);
    }
  }
}
