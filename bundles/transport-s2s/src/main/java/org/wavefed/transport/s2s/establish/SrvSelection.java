// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/** The order in which the targets of SRV records are tried (RFC 2782, "Usage rules"). Stateless. */
final class SrvSelection {
  private SrvSelection() {}

  /** By priority, and within one priority at random by weight. */
  static <T> List<T> order(
      List<T> records, ToIntFunction<T> priority, ToIntFunction<T> weight, RandomGenerator random) {
    TreeMap<Integer, List<T>> groups = new TreeMap<>();
    for (T one : records) {
      groups.computeIfAbsent(priority.applyAsInt(one), p -> new ArrayList<>()).add(one);
    }
    List<T> ordered = new ArrayList<>();
    groups.values().forEach(group -> draw(group, weight, random, ordered));
    return ordered;
  }

  /** Those of weight 0 come first, so that they are drawn only by the number 0. */
  private static <T> void draw(
      List<T> group, ToIntFunction<T> weight, RandomGenerator random, List<T> ordered) {
    group.sort(Comparator.comparing(one -> weight.applyAsInt(one) != 0));
    while (!group.isEmpty()) {
      int sum = group.stream().mapToInt(weight).sum();
      int drawn = random.nextInt(sum + 1);
      int index = 0;
      int running = weight.applyAsInt(group.get(0));
      while (running < drawn) {
        index++;
        running += weight.applyAsInt(group.get(index));
      }
      ordered.add(group.remove(index));
    }
  }
}
