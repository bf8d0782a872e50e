// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.wavefed.transport.ProbeStep;
import org.wavefed.transport.ProbeStep.Outcome;
import org.wavefed.xmpp.endpoint.Timers;

/** What was tried and left out, in the order in which it began. Bounded. Thread-safe. */
public final class Journal {
  private static final int STEPS_MAX = 500;

  private final Timers timers;
  private final List<Entry> entries = new ArrayList<>();

  /** An empty one. */
  public Journal(Timers timers) {
    this.timers = timers;
  }

  /** Something that was begun. */
  final class Entry {
    private final int number;
    private final String what;
    private final long since = timers.now();
    private ProbeStep step;

    private Entry(int number, String what) {
      this.number = number;
      this.what = what;
      this.step = new ProbeStep(number, what, Outcome.SKIPPED, "given up", Duration.ZERO);
    }

    void done(String detail) {
      end(Outcome.DONE, detail);
    }

    void failed(Throwable failure) {
      end(Outcome.FAILED, text(failure));
    }

    void failed(String why) {
      end(Outcome.FAILED, why);
    }

    private void end(Outcome outcome, String detail) {
      synchronized (entries) {
        Duration elapsed = Duration.ofNanos(timers.now() - since);
        step = new ProbeStep(number, what, outcome, detail, elapsed);
      }
    }
  }

  Entry begin(int number, String what) {
    Entry entry = new Entry(number, what);
    synchronized (entries) {
      if (entries.size() < STEPS_MAX) {
        entries.add(entry);
      }
    }
    return entry;
  }

  void skipped(int number, String what, String why) {
    begin(number, what).end(Outcome.SKIPPED, why);
  }

  /** The steps so far. */
  public List<ProbeStep> steps() {
    synchronized (entries) {
      return entries.stream().map(entry -> entry.step).toList();
    }
  }

  /** What a failure says, in one line. */
  public static String text(Throwable failure) {
    Throwable cause = cause(failure);
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** The failure itself, without what stages wrap around it. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
