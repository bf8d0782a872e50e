// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.concurrent;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Lets asynchronous work take turns: each begins when the stage of the one before it has completed,
 * however that ended. A bounded number may wait. Thread-safe.
 */
public final class Turns {
  private final Executor pool;
  private final int capacity;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean taken;

  /**
   * @param pool where each turn begins
   * @param capacity how many may wait
   */
  public Turns(Executor pool, int capacity) {
    this.pool = pool;
    this.capacity = capacity;
  }

  /** Whether nothing runs or waits. */
  public boolean isIdle() {
    synchronized (waiting) {
      return !taken;
    }
  }

  /** The outcome of the work once it had its turn; empty if too many wait already. */
  public <T> Optional<CompletionStage<T>> take(Supplier<? extends CompletionStage<T>> work) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Runnable turn = () -> begin(work, outcome);
    synchronized (waiting) {
      if (taken) {
        if (waiting.size() >= capacity) {
          return Optional.empty();
        }
        waiting.add(turn);
        return Optional.of(outcome);
      }
      taken = true;
    }
    pool.execute(turn);
    return Optional.of(outcome);
  }

  private <T> void begin(
      Supplier<? extends CompletionStage<T>> work, CompletableFuture<T> outcome) {
    CompletionStage<T> stage;
    try {
      stage = work.get();
    } catch (RuntimeException | Error failure) {
      stage = CompletableFuture.failedStage(failure);
    }
    stage.whenComplete(
        (value, failure) -> {
          next();
          Stages.complete(outcome, value, failure);
        });
  }

  private void next() {
    Runnable turn;
    synchronized (waiting) {
      turn = waiting.poll();
      taken = turn != null;
    }
    if (turn != null) {
      pool.execute(turn);
    }
  }
}
