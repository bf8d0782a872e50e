// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.server.wavelet.OpenWavelet.Writer;

/**
 * Gives a writer the history that its delta has to be transformed against: what is no longer in
 * memory is read from the store outside the writer's turn, and while the wavelet runs ahead the
 * rest is read again. Thread-safe.
 */
final class CatchUp {
  /** How often more of the history is read while a wavelet runs ahead. */
  private static final int ATTEMPTS = 20;

  /** How far behind a delta may be: this much history is read to transform it. */
  private static final int MOST_BEHIND = 20_000;

  private static final long PAGE_BYTES = 1 << 20;

  private final Wavelets wavelets;
  private final Executor pool;

  /**
   * @param pool where what was read is decoded
   */
  CatchUp(Wavelets wavelets, Executor pool) {
    this.wavelets = wavelets;
    this.pool = pool;
  }

  /** See {@link Wavelets#writeSince}. */
  <T> CompletionStage<T> write(
      WaveletName name,
      long version,
      BiFunction<Writer, List<LoggedDelta>, ? extends CompletionStage<T>> task) {
    return write(name, version, List.of(), task, ATTEMPTS);
  }

  private <T> CompletionStage<T> write(
      WaveletName name,
      long version,
      List<LoggedDelta> older,
      BiFunction<Writer, List<LoggedDelta>, ? extends CompletionStage<T>> task,
      int attempts) {
    return Stages.recover(
        wavelets.write(name, writer -> task.apply(writer, since(name, version, older, writer))),
        failure -> {
          if (!(failure instanceof NotInMemory missing)) {
            return CompletableFuture.failedStage(failure);
          }
          return attempts == 0
              ? CompletableFuture.failedStage(
                  Failures.unavailable(name + " changes too fast to catch up with; try again"))
              : between(name, missing.from, missing.oldest, new ArrayList<>(older))
                  .thenCompose(read -> write(name, version, read, task, attempts - 1));
        });
  }

  private static List<LoggedDelta> since(
      WaveletName name, long version, List<LoggedDelta> older, Writer writer) {
    long head = writer.head().version().version();
    if (version >= head) {
      return List.of();
    }
    if (head - version > MOST_BEHIND) {
      throw Failures.noSuchVersion(name, version, "too far back; read it again");
    }
    long next = older.isEmpty() ? version : older.get(older.size() - 1).resulting().version();
    Optional<List<LoggedDelta>> newer = writer.since(next);
    if (newer.isEmpty()) {
      if (next >= writer.oldest()) {
        throw Failures.noSuchVersion(name, version, "no delta starts or ends there");
      }
      throw new NotInMemory(next, writer.oldest());
    }
    List<LoggedDelta> all = new ArrayList<>(older);
    all.addAll(newer.get());
    return all;
  }

  /** Adds the deltas from one version up to another, from the store, to a list. */
  private CompletionStage<List<LoggedDelta>> between(
      WaveletName name, long from, long to, List<LoggedDelta> soFar) {
    if (from >= to) {
      return CompletableFuture.completedStage(soFar);
    }
    return wavelets
        .page(name, from, to, PAGE_BYTES)
        .thenComposeAsync(
            page -> {
              soFar.addAll(Deltas.fromStored(page));
              return page.isEmpty()
                  ? CompletableFuture.completedStage(soFar)
                  : between(name, page.get(page.size() - 1).resulting().version(), to, soFar);
            },
            pool);
  }

  /** Deltas before a version must be read from the store first. Never leaves this class. */
  private static final class NotInMemory extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long from;
    private final long oldest;

    NotInMemory(long from, long oldest) {
      super("deltas from " + from + " to " + oldest + " are not in memory");
      this.from = from;
      this.oldest = oldest;
    }
  }
}
