// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.util.List;
import java.util.Locale;

/** The readings as Markdown, each beside Prosody's with TLS. */
final class Table {
  private static final String HEAD =
      """
      | path | in flight | updates/s | lowest to highest | to Prosody's | p50 µs | to Prosody's | p99 µs | CPU µs |
      |---|---:|---:|---:|---:|---:|---:|---:|---:|
      """;

  private Table() {}

  static String of(List<Measured> all) {
    StringBuilder text = new StringBuilder(HEAD);
    all.forEach(one -> text.append(row(one, reference(all, one.inFlight()))));
    return text.toString();
  }

  private static Measured reference(List<Measured> all, int inFlight) {
    return all.stream()
        .filter(m -> m.contender() == Contender.PROSODY_TLS && m.inFlight() == inFlight)
        .findFirst()
        .orElseThrow();
  }

  private static String row(Measured one, Measured prosody) {
    double perSecond = one.median(Table::perSecond);
    double p50 = one.median(Table::p50);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %,.0f | %s | %.2f | %,.0f | %.2f | %,.0f | %,.0f |%n",
        one.contender().title,
        one.inFlight(),
        perSecond,
        one.spread(Table::perSecond),
        perSecond / prosody.median(Table::perSecond),
        p50,
        p50 / prosody.median(Table::p50),
        one.median(round -> round.reading().p99()),
        one.median(Measured.Round::cpuMicros));
  }

  private static double perSecond(Measured.Round round) {
    return round.reading().perSecond();
  }

  private static double p50(Measured.Round round) {
    return round.reading().p50();
  }
}
