// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.ping;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.wavefed.ping.PingResult;
import org.wavefed.ping.PingResult.Failed;
import org.wavefed.ping.PingService;
import org.wavefed.shell.Refusal;
import org.wavefed.transport.FailureReason;

/** Pings a domain again and again, one ping after the other. For one thread. */
public final class Pinger {
  /**
   * What to do.
   *
   * @param from the domain of ours that asks, empty for the default one
   * @param domain the domain to ping
   * @param count how many times; 0 until interrupted
   * @param interval from the start of one ping to the start of the next
   * @param timeout for one ping
   * @param deadline for everything; zero for none
   */
  public record Plan(
      String from,
      String domain,
      int count,
      Duration interval,
      Duration timeout,
      Duration deadline) {}

  /** Time, so that tests need none. */
  public interface Clock {
    /** Nanoseconds since some moment. */
    long nanoTime();

    /** Sleeps. */
    void sleep(Duration duration) throws InterruptedException;

    /** The time of this machine. */
    static Clock system() {
      return new Clock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
      };
    }
  }

  private final PingService service;
  private final Plan plan;
  private final PrintStream out;
  private final BooleanSupplier gone;
  private final Clock clock;
  private final PingStatistics statistics = new PingStatistics();
  private final long start;
  private String lastFailure = "interrupted before the first answer";

  /**
   * @param out where the lines go
   * @param gone whether nobody reads them any more
   */
  public Pinger(
      PingService service, Plan plan, PrintStream out, BooleanSupplier gone, Clock clock) {
    this.service = service;
    this.plan = plan;
    this.out = out;
    this.gone = gone;
    this.clock = clock;
    this.start = clock.nanoTime();
  }

  /**
   * Pings until the count or the deadline is reached, the thread is interrupted or nobody reads any
   * more, and ends with the summary in each case.
   *
   * @throws Refusal if nothing answered
   */
  public void run() {
    out.println("wave ping " + plan.domain());
    try {
      int sequence = 1;
      while (ping(sequence) && !gone.getAsBoolean()) {
        sequence++;
      }
    } catch (InterruptedException e) {
      // Ctrl-C is how people end a ping: the summary follows.
    }
    out.println();
    out.println("--- wave ping statistics of " + plan.domain() + " ---");
    out.println(statistics.summary(elapsed()));
    out.flush();
    if (statistics.answered() == 0) {
      throw new Refusal("nothing answered for " + plan.domain() + ": " + lastFailure);
    }
  }

  /** One ping and the pause after it; false if it was the last. */
  private boolean ping(int sequence) throws InterruptedException {
    long sentAt = clock.nanoTime();
    PingResult result = send();
    statistics.add(result);
    out.println(PingLines.line(sequence, result));
    if (result instanceof Failed failed) {
      lastFailure = PingLines.place(failed.reason());
    }
    Duration pause = plan.interval().minusNanos(clock.nanoTime() - sentAt);
    if (sequence == plan.count() || left().compareTo(pause) <= 0) {
      return false;
    }
    if (!pause.isNegative()) {
      out.flush();
      clock.sleep(pause);
    }
    return true;
  }

  private PingResult send() throws InterruptedException {
    Duration timeout = plan.timeout().compareTo(left()) < 0 ? plan.timeout() : left();
    try {
      return service
          .ping(plan.from(), plan.domain(), timeout)
          .toCompletableFuture()
          .get(timeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Failed(FailureReason.TIMED_OUT, "no result from the ping service", timeout);
    } catch (ExecutionException e) {
      return new Failed(
          FailureReason.UNDEFINED_CONDITION, String.valueOf(e.getCause()), Duration.ZERO);
    }
  }

  private Duration left() {
    return plan.deadline().isZero()
        ? Duration.ofDays(1).plus(plan.interval())
        : plan.deadline().minus(elapsed());
  }

  private Duration elapsed() {
    return Duration.ofNanos(clock.nanoTime() - start);
  }
}
