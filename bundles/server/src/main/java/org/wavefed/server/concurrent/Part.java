// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.concurrent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wavefed.server.Refusals;

/**
 * A part of the server that comes and goes. Who asks for it while it is being replaced gets it when
 * it is back. One that stays away for longer, or never was there, is missing at once, and so it is
 * to all but the first {@link #MOST} who wait. Thread-safe.
 */
public final class Part<T> implements AutoCloseable {
  /** How many may wait. */
  static final int MOST = 1_024;

  /** How many in a row may go while they are used. */
  private static final int AGAIN = 3;

  private final String name;
  private final Deadlines deadlines;
  private final Supplier<Duration> patience;
  private final Executor resumed;
  private @Nullable T present;
  private CompletableFuture<T> awaited = new CompletableFuture<>();
  private int waiting;
  private boolean closed;

  /**
   * A part that is not there yet.
   *
   * @param name for whoever asks in vain
   * @param patience for how long one that has gone is awaited
   * @param resumed where those who waited go on
   */
  public Part(String name, Deadlines deadlines, Supplier<Duration> patience, Executor resumed) {
    this.name = name;
    this.deadlines = deadlines;
    this.patience = patience;
    this.resumed = resumed;
    miss(awaited);
  }

  /** It is there; another one before it counts no more. */
  public synchronized void set(T part) {
    present = part;
    if (!awaited.complete(part)) {
      awaited = CompletableFuture.completedFuture(part);
    }
  }

  /** It goes, unless another has taken its place. */
  public synchronized void unset(T part) {
    if (present != part) {
      return;
    }
    present = null;
    waiting = 0;
    CompletableFuture<T> next = new CompletableFuture<>();
    awaited = next;
    if (closed) {
      miss(next);
    } else {
      deadlines.after(patience.get()).thenRun(() -> miss(next));
    }
  }

  /**
   * Does something with the part, now or soon; fails if it is missing. What fails with a part that
   * went meanwhile is done again with the next one: the first may have lost what it needs.
   *
   * @param work may be done more than once
   */
  public <R> CompletionStage<R> use(Function<T, CompletionStage<R>> work) {
    return use(work, AGAIN);
  }

  private <R> CompletionStage<R> use(Function<T, CompletionStage<R>> work, int again) {
    return get()
        .thenCompose(
            part ->
                Stages.recover(
                    CompletableFuture.completedStage(part).thenCompose(work),
                    failure ->
                        again > 0 && hasGone(part)
                            ? use(work, again - 1)
                            : CompletableFuture.failedStage(failure)));
  }

  private synchronized boolean hasGone(T part) {
    return present != part;
  }

  private synchronized CompletionStage<T> get() {
    if (awaited.isDone()) {
      return awaited.minimalCompletionStage();
    }
    if (waiting >= MOST) {
      return CompletableFuture.failedStage(Refusals.missing(name));
    }
    waiting++;
    return awaited.thenApplyAsync(part -> part, resumed);
  }

  private void miss(CompletableFuture<T> whoWait) {
    whoWait.completeExceptionally(Refusals.missing(name));
  }

  /** Nobody waits any more. */
  @Override
  public void close() {
    CompletableFuture<T> last;
    synchronized (this) {
      closed = true;
      last = awaited;
    }
    miss(last);
  }
}
