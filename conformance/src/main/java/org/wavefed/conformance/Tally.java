// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts cases, and shows each that failed as it comes. */
final class Tally {
  private final PrintStream out;
  private final Map<Difference, Integer> skippedBy = new EnumMap<>(Difference.class);
  private int passed;
  private int failed;
  private int skipped;

  Tally(PrintStream out) {
    this.out = out;
  }

  void count(String title, Findings findings) {
    if (!findings.mismatches().isEmpty()) {
      failed(title, findings.mismatches());
    } else if (!findings.differences().isEmpty()) {
      skipped++;
      findings.differences().forEach(rule -> skippedBy.merge(rule, 1, Integer::sum));
    } else {
      passed++;
    }
  }

  void passed() {
    passed++;
  }

  void failed(String title, List<String> mismatches) {
    failed++;
    out.println("FAILED " + title);
    mismatches.forEach(mismatch -> out.println("    " + mismatch));
  }

  int failures() {
    return failed;
  }

  void printSums() {
    skippedBy.forEach(
        (rule, count) -> out.printf("SKIPPED %d by %s: %s%n", count, rule, rule.reason()));
    out.println(
        passed
            + " passed, "
            + failed
            + " failed"
            + (skipped == 0 ? "" : ", " + skipped + " skipped"));
  }
}
