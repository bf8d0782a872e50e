// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.concurrent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Ends waits. Thread-safe. */
public final class Deadlines {
  private final ScheduledExecutorService timer;

  /**
   * @param timer what tells the time; it only ever completes futures
   */
  public Deadlines(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** The stage, or the failure if it is not complete after the given time. */
  public <T> CompletionStage<T> within(
      Duration time, CompletionStage<T> stage, Supplier<? extends Throwable> failure) {
    CompletableFuture<T> bounded = new CompletableFuture<>();
    Future<?> alarm =
        timer.schedule(
            () -> bounded.completeExceptionally(failure.get()),
            time.toMillis(),
            TimeUnit.MILLISECONDS);
    stage.whenComplete(
        (value, problem) -> {
          alarm.cancel(false);
          Stages.complete(bounded, value, problem);
        });
    return bounded;
  }

  /** Completes after the given time. */
  public CompletionStage<Void> after(Duration time) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    timer.schedule(() -> over.complete(null), time.toMillis(), TimeUnit.MILLISECONDS);
    return over;
  }
}
