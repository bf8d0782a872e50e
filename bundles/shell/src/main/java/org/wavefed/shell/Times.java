// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as people read them, in their zone, to the second.
 *
 * @param zone the zone
 */
public record Times(ZoneId zone) {
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /**
   * A short time in milliseconds, to a thousandth, so that it is never written with an exponent.
   */
  public static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e3) / 1e3;
  }

  /** Times in the zone of this machine. */
  public static Times here() {
    return new Times(ZoneId.systemDefault());
  }

  /** Date and time. */
  public String full(Instant instant) {
    return FULL.format(instant.atZone(zone));
  }

  /** The time of the day. */
  public String clock(Instant instant) {
    return CLOCK.format(instant.atZone(zone));
  }

  /** Date and time for people, ISO 8601 in UTC for scripts. */
  public Table.Cell cell(Instant instant) {
    return new Table.Cell(full(instant), instant.toString());
  }

  /** The time of today, the date of other days; ISO 8601 in UTC for scripts. */
  public Table.Cell brief(Instant instant) {
    boolean today = LocalDate.ofInstant(instant, zone).equals(LocalDate.now(zone));
    String shown = today ? clock(instant) : full(instant).substring(0, 10);
    return new Table.Cell(shown, instant.toString());
  }

  /** As {@link #cell(Instant)}, for milliseconds since 1970 UTC. */
  public Table.Cell cell(long millis) {
    return cell(Instant.ofEpochMilli(millis));
  }
}
