// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One answer that many wait for. Each is done with it before the next gets it, in the order in
 * which they asked: the dependents of a {@link CompletableFuture} would run the other way round,
 * and what a peer sent last would overtake what it sent first. Thread-safe.
 */
final class SharedAnswer<T> {
  private final CompletableFuture<T> answer = new CompletableFuture<>();

  /** Guarded by itself, as {@link #served} is. */
  private final Queue<CompletableFuture<T>> waiting = new ArrayDeque<>();

  private boolean served;

  /** Whether the answer is known; those who asked before may be getting it still. */
  boolean isDone() {
    return answer.isDone();
  }

  /** Whether the answer is a failure. */
  boolean isFailure() {
    return answer.isCompletedExceptionally();
  }

  /** The answer, when everybody who asked earlier is done with it. */
  CompletableFuture<T> ask() {
    synchronized (waiting) {
      if (served) {
        return answer;
      }
      CompletableFuture<T> mine = new CompletableFuture<>();
      waiting.add(mine);
      return mine;
    }
  }

  void complete(T value) {
    answer.complete(value);
    serve(value, null);
  }

  void fail(Throwable failure) {
    answer.completeExceptionally(failure);
    serve(null, failure);
  }

  private void serve(@Nullable T value, @Nullable Throwable failure) {
    for (CompletableFuture<T> next = next(); next != null; next = next()) {
      if (failure == null) {
        next.complete(value);
      } else {
        next.completeExceptionally(failure);
      }
    }
  }

  private @Nullable CompletableFuture<T> next() {
    synchronized (waiting) {
      served = waiting.isEmpty();
      return waiting.poll();
    }
  }
}
