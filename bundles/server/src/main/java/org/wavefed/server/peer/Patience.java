// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.wavefed.federation.Peers.State;
import org.wavefed.server.concurrent.Deadlines;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;

/**
 * Does something with a peer again for a while when the way to it has just gone: a transport may be
 * being replaced, here or there. A peer that has been away for longer is not waited for, nor is
 * anything but for the first {@link #MOST} who wait. Thread-safe.
 */
public final class Patience implements AutoCloseable {
  /** How many may wait. */
  static final int MOST = 1_024;

  /** How long to wait before the next attempt. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final PeerBook book;
  private final PeerCalls calls;
  private final Supplier<Duration> absence;
  private final Deadlines deadlines;
  private final Set<CompletableFuture<Boolean>> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param book knows since when a peer is away
   * @param calls knows the time
   * @param absence for how long what has gone is waited for
   */
  public Patience(PeerBook book, PeerCalls calls, Supplier<Duration> absence, Deadlines deadlines) {
    this.book = book;
    this.calls = calls;
    this.absence = absence;
    this.deadlines = deadlines;
  }

  /**
   * Makes attempts until one does not fail on the way.
   *
   * @param attempt may be made several times; what it says to the peer must count once
   * @return the outcome of the last one
   */
  public <T> CompletionStage<T> with(String peer, Supplier<CompletionStage<T>> attempt) {
    return with(peer, attempt, calls.now());
  }

  private <T> CompletionStage<T> with(
      String peer, Supplier<CompletionStage<T>> attempt, Instant begun) {
    return Stages.recover(
        attempt.get(),
        failure ->
            isPassing(failure) && mayComeBack(peer, begun) && waiting.size() < MOST
                ? pause()
                    .thenCompose(
                        goOn ->
                            goOn
                                ? with(peer, attempt, begun)
                                : CompletableFuture.failedStage(failure))
                : CompletableFuture.failedStage(failure));
  }

  /** Whether nothing was done because somebody on the way was not ready. */
  public static boolean isPassing(Throwable failure) {
    return failure instanceof FederationException refusal && isPassing(refusal.reason());
  }

  private static boolean isPassing(FailureReason reason) {
    return switch (reason) {
      case NO_SUCH_DOMAIN,
          NO_WAVE_SERVICE,
          REFUSED,
          NOT_CONNECTED,
          REMOTE_SERVER_TIMEOUT,
          UNEXPECTED_REQUEST ->
          true;
      default -> false;
    };
  }

  private boolean mayComeBack(String peer, Instant begun) {
    Instant tooLongAgo = calls.now().minus(absence.get());
    return begun.isAfter(tooLongAgo)
        && book.entry(peer)
            .filter(entry -> entry.state() == State.UP || entry.since().isAfter(tooLongAgo))
            .isPresent();
  }

  /** Whether to go on afterwards. */
  private CompletionStage<Boolean> pause() {
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    waiting.add(over);
    if (closed) {
      return CompletableFuture.completedStage(false);
    }
    deadlines
        .after(PAUSE)
        .thenRun(
            () -> {
              waiting.remove(over);
              over.complete(true);
            });
    return over;
  }

  /** Nobody waits any more. */
  @Override
  public void close() {
    closed = true;
    waiting.forEach(over -> over.complete(false));
  }
}
