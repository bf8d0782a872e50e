// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.server.Refusals;
import org.wavefed.server.concurrent.Backoff;
import org.wavefed.server.concurrent.TurnsByKey;
import org.wavefed.transport.WaveletUpdate;

/**
 * What hosts told us of wavelets and could not be taken for a reason that may pass. Deployed hosts
 * send nothing a second time, and our copy would stay behind until their next update. So one update
 * of each wavelet, with all that was told since, is taken again with back-off until that works or
 * fails for good, {@link #TRIES} times at most; those of one sender take turns. All that wait have
 * no more than {@link #MOST_BYTES}, of one sender a quarter; what is beyond that is forgotten until
 * the host speaks of the wavelet again. Thread-safe.
 */
public final class MissedUpdates {
  /** How often an update is taken again: for about a day in all. */
  static final int TRIES = 200;

  static final long MOST_BYTES = 16L << 20;
  private static final int SHARE = 4;

  /** What an update costs beside its deltas. */
  private static final long OVERHEAD = 1_024;

  private final Function<Duration, CompletionStage<Void>> after;
  private final Backoff backoff;
  private final Executor pool;
  private final TurnsByKey<String> turns;

  /** An entry is there while a try is coming or running. */
  private final Map<Key, Missed> waiting = new HashMap<>();

  private final Map<String, Long> bytesOf = new HashMap<>();
  private long bytes;
  private boolean stopped;

  private record Key(String sender, WaveletName wavelet) {}

  private record Missed(
      WaveletUpdate update, Function<WaveletUpdate, CompletionStage<Void>> taker) {
    long cost() {
      return OVERHEAD + update.appliedDeltas().stream().mapToLong(Bytes::size).sum();
    }

    /** The newest deltas, up to the highest version; what came before them is found as a gap is. */
    Missed then(Missed newer) {
      List<Bytes> news = newer.update.appliedDeltas();
      Optional<HashedVersion> committed =
          Stream.of(update, newer.update)
              .flatMap(it -> it.committed().stream())
              .max(Comparator.comparingLong(HashedVersion::version));
      return new Missed(
          new WaveletUpdate(
              update.wavelet(), news.isEmpty() ? update.appliedDeltas() : news, committed),
          newer.taker);
    }
  }

  /**
   * @param after completes after a time
   * @param backoff how long to wait for each try
   * @param pool where updates are taken
   */
  public MissedUpdates(
      Function<Duration, CompletionStage<Void>> after, Backoff backoff, Executor pool) {
    this.after = after;
    this.backoff = backoff;
    this.pool = pool;
    // What may wait is bounded here.
    this.turns = new TurnsByKey<>(pool, Integer.MAX_VALUE);
  }

  /**
   * Remembers an update.
   *
   * @param sender who told it; not taken to be the host before the taker has looked
   * @param taker takes it, or what was told since too; what it fails with decides whether it is
   *     taken again
   */
  public void add(
      String sender, WaveletUpdate update, Function<WaveletUpdate, CompletionStage<Void>> taker) {
    Key key = new Key(sender, update.wavelet());
    if (keep(key, new Missed(update, taker))) {
      tryLater(key, 1);
    }
  }

  /** Keeps an update if there is room; whether none of its wavelet was there. */
  private synchronized boolean keep(Key key, Missed missed) {
    Missed before = waiting.get(key);
    Missed now = before == null ? missed : before.then(missed);
    long more = now.cost() - (before == null ? 0 : before.cost());
    long ofSender = bytesOf.getOrDefault(key.sender(), 0L) + more;
    if (stopped || bytes + more > MOST_BYTES || ofSender > MOST_BYTES / SHARE) {
      return false;
    }
    waiting.put(key, now);
    bytesOf.put(key.sender(), ofSender);
    bytes += more;
    return before == null;
  }

  private void tryLater(Key key, int failures) {
    after
        .apply(backoff.after(failures))
        .thenRunAsync(() -> turns.take(key.sender(), () -> take(key, failures)), pool);
  }

  private CompletionStage<Void> take(Key key, int failures) {
    Missed now = find(key);
    return now == null
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.completedStage(now.update())
            .thenCompose(now.taker())
            .whenComplete((taken, failure) -> taken(key, now, failures, failure));
  }

  private synchronized @Nullable Missed find(Key key) {
    return waiting.get(key);
  }

  private void taken(Key key, Missed missed, int failures, @Nullable Throwable failure) {
    if (failure != null && failures < TRIES && Refusals.mayPass(failure)) {
      tryLater(key, failures + 1);
    } else if (!remove(key, missed)) {
      // More was told than what was taken.
      tryLater(key, 1);
    }
  }

  /** Forgets an update, unless more was told since. */
  private synchronized boolean remove(Key key, Missed missed) {
    if (stopped) {
      return true;
    }
    if (!waiting.remove(key, missed)) {
      return false;
    }
    bytes -= missed.cost();
    bytesOf.merge(key.sender(), -missed.cost(), (had, less) -> had + less == 0 ? null : had + less);
    return true;
  }

  /** Takes nothing any more. */
  public synchronized void stop() {
    stopped = true;
    waiting.clear();
  }
}
