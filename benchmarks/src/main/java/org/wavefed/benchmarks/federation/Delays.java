// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wavefed.benchmarks.federation.Marks.Mark;
import org.wavefed.benchmarks.federation.Marks.What;

/** How long keystrokes took to get somewhere, of one load in all rounds. */
final class Delays {
  private record Place(String wavelet, long version) {
    static Place of(Mark mark) {
      return new Place(mark.wavelet(), mark.version());
    }
  }

  private final Map<What, List<Double>> millis = new HashMap<>();

  /** CPU time of both servers. */
  private double cpuMicros;

  private int refused;

  /**
   * Adds a round.
   *
   * @param here what the organisation of the one who types has marked
   * @param there what the other one has
   * @param notAccepted how many were refused
   * @param cpuNanos what both have used
   * @throws IOException if something typed is not everywhere
   */
  void add(List<Mark> here, List<Mark> there, int notAccepted, long cpuNanos) throws IOException {
    refused += notAccepted;
    cpuMicros += cpuNanos / 1e3;
    Map<Place, Long> typed = times(here, What.TYPED);
    add(What.ANSWERED, typed, times(here, What.ANSWERED));
    add(What.DURABLE, typed, times(there, What.DURABLE));
    add(What.SEEN, typed, times(there, What.SEEN));
  }

  private static Map<Place, Long> times(List<Mark> marks, What what) {
    Map<Place, Long> times = new HashMap<>();
    marks.stream()
        .filter(mark -> mark.what() == what)
        .forEach(mark -> times.put(Place.of(mark), mark.nanos()));
    return times;
  }

  private void add(What what, Map<Place, Long> typed, Map<Place, Long> reached) throws IOException {
    List<Double> all = millis.computeIfAbsent(what, none -> new ArrayList<>());
    for (Map.Entry<Place, Long> one : typed.entrySet()) {
      Long there = reached.get(one.getKey());
      if (there == null) {
        throw new IOException("lost: " + one.getKey() + " was typed and never " + what);
      }
      all.add((there - one.getValue()) / 1e6);
    }
  }

  int count() {
    return millis.get(What.SEEN).size();
  }

  /** Cells of a table: count, refused, p50 and p99 of durable, seen and answered, CPU. */
  String cells() {
    return String.format(
        Locale.ROOT,
        "%,d | %,d | %s | %s | %s | %,.0f",
        count(),
        refused,
        percentiles(What.DURABLE),
        percentiles(What.SEEN),
        percentiles(What.ANSWERED),
        cpuMicros / count());
  }

  private String percentiles(What what) {
    double[] sorted = millis.get(what).stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%.2f | %.2f",
        sorted[sorted.length / 2],
        sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)]);
  }
}
