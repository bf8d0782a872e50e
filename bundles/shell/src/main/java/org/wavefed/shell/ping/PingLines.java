// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.ping;

import java.time.Duration;
import java.util.Locale;
import org.wavefed.ping.PingResult;
import org.wavefed.ping.PingResult.Answered;
import org.wavefed.ping.PingResult.Failed;
import org.wavefed.shell.Printable;
import org.wavefed.transport.FailureReason;

/** The line for each ping. */
final class PingLines {
  /** Discovery that takes less came from a cache and is not worth a word. */
  private static final Duration NOTABLE = Duration.ofMillis(1);

  private PingLines() {}

  static String line(int sequence, PingResult result) {
    if (result instanceof Answered answer) {
      return answered(sequence, answer);
    }
    return failed(sequence, (Failed) result);
  }

  private static String answered(int sequence, Answered answer) {
    String line =
        String.format(
            Locale.ROOT,
            "answer from %s (%s): seq=%d time=%.3f ms",
            Printable.of(answer.address()),
            answer.transport(),
            sequence,
            PingStatistics.milliseconds(answer.roundTrip()));
    return answer.discovery().compareTo(NOTABLE) < 0
        ? line
        : String.format(
            Locale.ROOT,
            "%s (found in %.3f ms)",
            line,
            PingStatistics.milliseconds(answer.discovery()));
  }

  private static String failed(int sequence, Failed failed) {
    return "no answer: seq=" + sequence + " " + explained(failed);
  }

  /** Where it failed, and what is known of it. */
  static String explained(Failed failed) {
    String place = place(failed.reason());
    String message = Printable.of(failed.message());
    return message.isEmpty() || message.toLowerCase(Locale.ROOT).startsWith(place)
        ? (message.isEmpty() ? place : message)
        : place + ": " + message;
  }

  /** Where it failed, in words. */
  static String place(FailureReason reason) {
    return switch (reason) {
      case NO_WAVE_SERVICE -> "no wave service found";
      case REMOTE_SERVER_TIMEOUT -> "its server does not reach its wave service";
      default -> reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }
}
