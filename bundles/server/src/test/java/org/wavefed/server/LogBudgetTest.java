// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogBudgetTest {
  private final List<Integer> more = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final LogBudget budget = new LogBudget(clock(), 5, 2, more::add);

  @Test
  void linesBecauseOfOneShouldNotTakeThoseOfOthers() {
    assertThat(allowed("a.example", 10)).isEqualTo(2);
    assertThat(allowed("b.example", 1)).isEqualTo(1);
    assertThat(more).isEmpty();
  }

  @Test
  void linesShouldBeBoundedWhenTheyAreBecauseOfMany() {
    int all = 0;
    for (int i = 0; i < 100; i++) {
      all += allowed(i + ".example", 1);
    }
    assertThat(all).isEqualTo(5);
  }

  @Test
  void budgetShouldBeNewAndTheRestSaidOnceWhenThePeriodIsOver() {
    allowed("a.example", 10);
    now = now.plus(LogBudget.PERIOD);
    assertThat(allowed("a.example", 1)).isEqualTo(1);
    assertThat(more).containsExactly(8);
    now = now.plus(LogBudget.PERIOD);
    budget.settle();
    assertThat(more).containsExactly(8);
  }

  private int allowed(String becauseOf, int times) {
    int allowed = 0;
    for (int i = 0; i < times; i++) {
      allowed += budget.allows(becauseOf) ? 1 : 0;
    }
    return allowed;
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }
}
