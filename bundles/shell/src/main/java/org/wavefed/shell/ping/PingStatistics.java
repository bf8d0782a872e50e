// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.ping;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.wavefed.ping.PingResult;
import org.wavefed.ping.PingResult.Answered;
import org.wavefed.ping.PingResult.Failed;
import org.wavefed.transport.FailureReason;

/** Counts and times of the pings so far, as ping(8) has them. For one thread. */
final class PingStatistics {
  private final Map<FailureReason, Integer> failures = new EnumMap<>(FailureReason.class);
  private int sent;
  private int answered;
  private double min = Double.MAX_VALUE;
  private double max;
  private double sum;
  private double sumOfSquares;

  void add(PingResult result) {
    sent++;
    if (result instanceof Answered answer) {
      addTime(milliseconds(answer.roundTrip()));
    } else if (result instanceof Failed failed) {
      failures.merge(failed.reason(), 1, Integer::sum);
    }
  }

  private void addTime(double time) {
    answered++;
    min = Math.min(min, time);
    max = Math.max(max, time);
    sum += time;
    sumOfSquares += time * time;
  }

  int answered() {
    return answered;
  }

  /** The summary, one or two lines. */
  String summary(Duration total) {
    String counts =
        String.format(
            Locale.ROOT,
            "%d sent, %d answered, %d%% loss, time %d ms",
            sent,
            answered,
            sent == 0 ? 0 : Math.round(100.0 * (sent - answered) / sent),
            total.toMillis());
    return counts + failed() + (answered == 0 ? "" : System.lineSeparator() + times());
  }

  private String failed() {
    return failures.entrySet().stream()
        .map(entry -> ", " + entry.getValue() + " " + PingLines.place(entry.getKey()))
        .collect(Collectors.joining());
  }

  private String times() {
    double average = sum / answered;
    double deviation = Math.sqrt(Math.max(0, sumOfSquares / answered - average * average));
    return String.format(
        Locale.ROOT,
        "round trip min/avg/max/mdev = %.3f/%.3f/%.3f/%.3f ms",
        min,
        average,
        max,
        deviation);
  }

  static double milliseconds(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
