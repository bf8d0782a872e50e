// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.server.concurrent.Backoff;

/**
 * Copies that are behind a version which their host is known to have and did not give us. It may
 * never send it by itself, so we ask again, one question for a wavelet at a time, with back-off.
 * Bounded: {@link #MOST} wavelets, {@link #TRIES} questions each; then the next update of the host
 * brings the rest. Thread-safe.
 */
final class Behind {
  static final int MOST = 10_000;

  /** How often we ask: for some minutes in all. */
  static final int TRIES = 8;

  /** Brings a copy up to a version; completes exceptionally if that does not work now. */
  @FunctionalInterface
  interface CatchUp {
    CompletionStage<Void> catchUp(String localDomain, WaveletName name, HashedVersion to);
  }

  private record Wanted(String localDomain, HashedVersion to) {}

  private final CatchUp copies;
  private final Function<Duration, CompletionStage<Void>> after;
  private final Backoff backoff;
  private final Executor pool;

  /** An entry is there while a question is coming or under way. */
  private final ConcurrentMap<WaveletName, Wanted> wanted = new ConcurrentHashMap<>();

  /**
   * @param after completes after a time
   * @param backoff how long to wait before each question
   * @param pool where they are asked
   */
  Behind(
      CatchUp copies,
      Function<Duration, CompletionStage<Void>> after,
      Backoff backoff,
      Executor pool) {
    this.copies = copies;
    this.after = after;
    this.backoff = backoff;
    this.pool = pool;
  }

  /** The version is asked for later. */
  void add(String localDomain, WaveletName name, HashedVersion to) {
    Wanted now = new Wanted(localDomain, to);
    Wanted before =
        wanted.computeIfPresent(
            name, (key, other) -> to.version() > other.to().version() ? now : other);
    if (before == null && wanted.size() < MOST && wanted.putIfAbsent(name, now) == null) {
      askLater(name, 1);
    }
  }

  private void askLater(WaveletName name, int failures) {
    after.apply(backoff.after(failures)).thenRunAsync(() -> ask(name, failures), pool);
  }

  private void ask(WaveletName name, int failures) {
    Wanted now = wanted.get(name);
    if (now != null) {
      copies
          .catchUp(now.localDomain(), name, now.to())
          .whenComplete((there, failure) -> asked(name, now, failures, failure));
    }
  }

  private void asked(WaveletName name, Wanted now, int failures, @Nullable Throwable failure) {
    if (failure != null && failures < TRIES) {
      askLater(name, failures + 1);
    } else if (!wanted.remove(name, now)) {
      // More is wanted than when we asked.
      askLater(name, 1);
    }
  }
}
