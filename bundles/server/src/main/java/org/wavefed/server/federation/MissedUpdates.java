// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.federation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.server.concurrent.Backoff;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Peer;
import org.wavefed.transport.WaveletUpdate;

/**
 * Updates that this server had no room for. Deployed hosts send none a second time, and our copy
 * would stay behind until the next one. So the newest of each wavelet is taken again later, one of
 * a peer at a time, and what came before it is found as any gap is. Those that wait have no more
 * than {@link #MOST_BYTES}, of one peer a quarter; beyond that they are forgotten. Thread-safe.
 */
final class MissedUpdates {
  /** How often an update is taken again: for about a minute in all. */
  static final int TRIES = 6;

  static final long MOST_BYTES = 16L << 20;
  private static final int SHARE = 4;
  private static final Set<FailureReason> NO_ROOM =
      Set.of(FailureReason.RESOURCE_CONSTRAINT, FailureReason.OVERLOADED);

  /** What an update costs beside its deltas. */
  private static final long OVERHEAD = 1_024;

  private final BiFunction<Peer, WaveletUpdate, CompletionStage<Void>> taker;
  private final Function<Duration, CompletionStage<Void>> after;
  private final Backoff backoff;
  private final Executor pool;

  /** By the address of the peer; an entry is there while a try is coming or running. */
  private final Map<String, Line> lines = new HashMap<>();

  private long bytes;

  private record Missed(Peer peer, WaveletUpdate update, int failures) {
    long cost() {
      return OVERHEAD + update.appliedDeltas().stream().mapToLong(Bytes::size).sum();
    }
  }

  private static final class Line {
    final Map<WaveletName, Missed> waiting = new LinkedHashMap<>();
    long bytes;
  }

  /**
   * @param taker takes an update; fails with a {@link FederationException}
   * @param after completes after a time
   * @param backoff how long to wait for each try
   * @param pool where updates are taken
   */
  MissedUpdates(
      BiFunction<Peer, WaveletUpdate, CompletionStage<Void>> taker,
      Function<Duration, CompletionStage<Void>> after,
      Backoff backoff,
      Executor pool) {
    this.taker = taker;
    this.after = after;
    this.backoff = backoff;
    this.pool = pool;
  }

  /** Remembers an update that was refused for want of room. */
  void add(Peer peer, WaveletUpdate update) {
    if (put(new Missed(peer, update, 1), true)) {
      wait(peer.address(), backoff.after(1));
    }
  }

  /** Remembers an update if that is why it failed. */
  void addIfNoRoom(Peer peer, WaveletUpdate update, @Nullable Throwable failure) {
    if (failure != null
        && Stages.cause(failure) instanceof FederationException refusal
        && NO_ROOM.contains(refusal.reason())) {
      add(peer, update);
    }
  }

  private static boolean mayPass(@Nullable Throwable failure) {
    return failure != null
        && Stages.cause(failure) instanceof FederationException refusal
        && refusal.reason().isTemporary();
  }

  /** Keeps an update if there is room; whether the peer had no line before. */
  private synchronized boolean put(Missed missed, boolean isNewer) {
    Line there = lines.get(missed.peer().address());
    Line line = there == null ? new Line() : there;
    WaveletName wavelet = missed.update().wavelet();
    Missed other = line.waiting.get(wavelet);
    if (other != null && !(isNewer && saysMore(missed, other))) {
      return false;
    }
    long more = missed.cost() - (other == null ? 0 : other.cost());
    if (bytes + more > MOST_BYTES || line.bytes + more > MOST_BYTES / SHARE) {
      return false;
    }
    line.waiting.put(wavelet, missed);
    line.bytes += more;
    bytes += more;
    lines.put(missed.peer().address(), line);
    return there == null;
  }

  /** A notice of what is committed follows its deltas and says nothing new. */
  private static boolean saysMore(Missed newer, Missed older) {
    return !newer.update().appliedDeltas().isEmpty() || older.update().appliedDeltas().isEmpty();
  }

  private void wait(String address, Duration time) {
    after.apply(time).thenRunAsync(() -> takeNext(address), pool);
  }

  private void takeNext(String address) {
    Missed next = poll(address);
    if (next != null) {
      taker
          .apply(next.peer(), next.update())
          .whenComplete((taken, failure) -> wait(address, afterwards(next, failure)));
    }
  }

  private synchronized @Nullable Missed poll(String address) {
    Line line = lines.get(address);
    Iterator<Missed> waiting = line.waiting.values().iterator();
    if (!waiting.hasNext()) {
      lines.remove(address);
      return null;
    }
    Missed next = waiting.next();
    waiting.remove();
    line.bytes -= next.cost();
    bytes -= next.cost();
    return next;
  }

  /** How long the peer's next one waits. */
  private Duration afterwards(Missed taken, @Nullable Throwable failure) {
    if (!mayPass(failure) || taken.failures() == TRIES) {
      return Duration.ZERO;
    }
    put(new Missed(taken.peer(), taken.update(), taken.failures() + 1), false);
    return backoff.after(taken.failures() + 1);
  }
}
