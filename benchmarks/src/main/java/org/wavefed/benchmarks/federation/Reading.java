// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.util.Locale;

/**
 * What one load showed.
 *
 * @param perSecond updates with their receipts
 * @param p50 microseconds from an update to its receipt
 * @param p99 the same, of the slowest hundredth
 * @param count how many updates
 */
record Reading(double perSecond, double p50, double p99, int count) {
  String write() {
    return String.format(Locale.ROOT, "%.1f %.1f %.1f %d", perSecond, p50, p99, count);
  }

  static Reading read(String line) {
    String[] words = line.split(" ", -1);
    return new Reading(
        Double.parseDouble(words[0]),
        Double.parseDouble(words[1]),
        Double.parseDouble(words[2]),
        Integer.parseInt(words[3]));
  }
}
