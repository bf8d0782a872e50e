// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.model.document.InvalidOperationException;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.protocol.WaveletCopy;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoredDelta;
import org.wavefed.store.StoredSnapshot;

/** Reads wavelets from the store: the newest snapshot, then the deltas after it. Thread-safe. */
final class WaveletLoader {
  private static final Logger log = LoggerFactory.getLogger(WaveletLoader.class);

  /** How many bytes of deltas are read at a time. */
  private static final long PAGE_BYTES = 1 << 20;

  private final DeltaStore store;
  private final Executor pool;

  /**
   * A wavelet as it was read.
   *
   * @param copy the wavelet
   * @param snapshotVersion the version of the snapshot that it was read from, 0 if there was none
   * @param newest the newest deltas read, no more than asked for
   */
  record Loaded(TrackedCopy copy, long snapshotVersion, List<LoggedDelta> newest) {}

  /**
   * @param pool where deltas are replayed
   */
  WaveletLoader(DeltaStore store, Executor pool) {
    this.store = store;
    this.pool = pool;
  }

  /**
   * Reads a wavelet, at version 0 if the store has none of that name.
   *
   * @param upTo the version to stop at
   * @param keep how many of the newest deltas to keep
   */
  CompletionStage<Loaded> load(WaveletName name, long upTo, int keep) {
    return store
        .snapshot(name)
        .thenApplyAsync(snapshot -> start(name, upTo, snapshot), pool)
        .thenCompose(
            start ->
                Stages.recover(
                    replay(name, start, upTo, keep),
                    failure -> withoutSnapshot(name, start, upTo, keep, failure)));
  }

  /** A snapshot that is ahead of the log, after the log's tail was lost, must not count. */
  private CompletionStage<Loaded> withoutSnapshot(
      WaveletName name, Loaded start, long upTo, int keep, Throwable failure) {
    boolean ahead =
        start.snapshotVersion > 0
            && failure instanceof StoreException problem
            && problem.reason() == StoreException.Reason.NOT_FOUND;
    if (!ahead) {
      return CompletableFuture.failedStage(failure);
    }
    log.warn("{} is opened without its snapshot: the log ends before it", name);
    return replay(name, new Loaded(TrackedCopy.empty(name), 0, List.of()), upTo, keep);
  }

  private static Loaded start(WaveletName name, long upTo, Optional<StoredSnapshot> snapshot) {
    TrackedCopy copy = TrackedCopy.empty(name);
    if (snapshot.isPresent() && snapshot.get().version().version() <= upTo) {
      try {
        copy = SnapshotCodec.read(name, snapshot.get());
      } catch (IOException e) {
        log.warn("{} is opened without its snapshot: {}", name, e.getMessage());
      }
    }
    return new Loaded(copy, copy.version().version(), List.of());
  }

  private CompletionStage<Loaded> replay(WaveletName name, Loaded start, long upTo, int keep) {
    return store
        .read(name, start.copy.version().version(), upTo, PAGE_BYTES)
        .thenComposeAsync(
            page ->
                page.isEmpty()
                    ? CompletableFuture.completedStage(start)
                    : replay(name, apply(name, start, page, keep), upTo, keep),
            pool);
  }

  private static Loaded apply(WaveletName name, Loaded start, List<StoredDelta> page, int keep) {
    TrackedCopy copy = start.copy;
    List<LoggedDelta> newest = new ArrayList<>(start.newest);
    for (LoggedDelta delta : Deltas.fromStored(page)) {
      copy = apply(name, copy, delta);
      newest.add(delta);
    }
    List<LoggedDelta> kept = newest.subList(Math.max(0, newest.size() - keep), newest.size());
    return new Loaded(copy, start.snapshotVersion, List.copyOf(kept));
  }

  private static TrackedCopy apply(WaveletName name, TrackedCopy copy, LoggedDelta delta) {
    try {
      if (!delta.appliedAt().equals(copy.version())) {
        throw damaged(name, delta, "it does not follow the one before it", null);
      }
      WaveletState next =
          copy.state().apply(delta.author(), delta.timestampMillis(), delta.operations());
      return copy.then(new WaveletCopy(name, delta.resulting(), next), delta.operations());
    } catch (InvalidOperationException e) {
      throw damaged(name, delta, e.getMessage(), e);
    }
  }

  private static StoreException damaged(
      WaveletName name, LoggedDelta delta, String fault, @Nullable Exception cause) {
    String at = "stored delta at version " + delta.appliedAt().version() + " of " + name;
    return new StoreException(StoreException.Reason.CORRUPT, at + ": " + fault, cause);
  }
}
