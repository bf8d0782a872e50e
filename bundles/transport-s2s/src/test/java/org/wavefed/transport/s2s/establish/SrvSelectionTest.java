// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wavefed.dns.SrvRecord;

class SrvSelectionTest {
  private static SrvRecord srv(int priority, int weight, String target) {
    return new SrvRecord(priority, weight, 5269, target);
  }

  private static List<String> order(RandomGenerator random, SrvRecord... records) {
    return SrvSelection.order(List.of(records), SrvRecord::priority, SrvRecord::weight, random)
        .stream()
        .map(SrvRecord::target)
        .toList();
  }

  /** Gives the numbers of a script; checks that they were drawn from the right range. */
  private static RandomGenerator drawing(List<Integer> bounds, int... numbers) {
    return new RandomGenerator() {
      private int next;

      @Override
      public long nextLong() {
        throw new AssertionError();
      }

      @Override
      public int nextInt(int bound) {
        bounds.add(bound);
        return numbers[next++];
      }
    };
  }

  @Test
  void lowerPrioritiesShouldComeFirstWhateverTheirWeight() {
    for (int seed = 0; seed < 50; seed++) {
      assertThat(order(new Random(seed), srv(20, 65535, "c"), srv(0, 0, "a"), srv(10, 1, "b")))
          .containsExactly("a", "b", "c");
    }
  }

  @Test
  void drawShouldFollowTheRunningSumsOfTheRfc() {
    List<Integer> bounds = new ArrayList<>();
    assertThat(order(drawing(bounds, 61, 10, 0), srv(0, 10, "a"), srv(0, 50, "b"), srv(0, 40, "c")))
        .containsExactly("c", "a", "b");
    assertThat(bounds).containsExactly(101, 61, 51);
  }

  @Test
  void weightZeroShouldBeDrawnByZeroAloneWhileOthersAreThere() {
    List<Integer> bounds = new ArrayList<>();
    assertThat(order(drawing(bounds, 0, 1), srv(0, 5, "a"), srv(0, 0, "zero")))
        .containsExactly("zero", "a");
    bounds.clear();
    assertThat(order(drawing(bounds, 1, 0), srv(0, 5, "a"), srv(0, 0, "zero")))
        .containsExactly("a", "zero");
  }

  @Test
  void sharesShouldFollowTheWeights() {
    Random random = new Random(7);
    int light = 0;
    for (int i = 0; i < 10_000; i++) {
      if (order(random, srv(0, 1, "light"), srv(0, 9, "heavy")).get(0).equals("light")) {
        light++;
      }
    }
    // Drawn from 0 to 10: 0 and 1 of eleven.
    assertThat(light).isBetween(1_650, 1_990);
  }

  @Test
  void everyRecordShouldBeThereOnce() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      SrvRecord[] records = new SrvRecord[random.nextInt(1, 12)];
      Set<String> names = new HashSet<>();
      for (int i = 0; i < records.length; i++) {
        records[i] =
            srv(random.nextInt(3), random.nextBoolean() ? 0 : random.nextInt(65536), "t" + i);
        names.add("t" + i);
      }
      assertThat(order(random, records)).hasSize(records.length).containsAll(names);
    }
  }
}
