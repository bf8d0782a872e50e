// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rounds of one contender with one number of updates in flight. */
record Measured(Contender contender, int inFlight, List<Round> rounds) {
  /**
   * One round.
   *
   * @param cpuMicros processor time for one update with its receipt, of all processes together
   */
  record Round(Reading reading, double cpuMicros) {}

  Measured {
    rounds = List.copyOf(rounds);
  }

  double median(ToDoubleFunction<Round> value) {
    double[] sorted = sorted(value);
    return sorted[sorted.length / 2];
  }

  /** From the lowest to the highest round. */
  String spread(ToDoubleFunction<Round> value) {
    double[] sorted = sorted(value);
    return String.format("%,.0f to %,.0f", sorted[0], sorted[sorted.length - 1]);
  }

  private double[] sorted(ToDoubleFunction<Round> value) {
    double[] values = rounds.stream().mapToDouble(value).toArray();
    Arrays.sort(values);
    return values;
  }
}
