// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.peer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.wavefed.federation.PeerTransports.Use;
import org.wavefed.server.concurrent.Deadlines;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.Route;

/**
 * Calls peers over the transport chosen for each, every call with a time limit, and notes in the
 * peer book and for the next choice how it went. Thread-safe.
 */
public final class PeerCalls {
  /** A ping may take this long, and no longer than any other call. */
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(10);

  /** A transport gets this much longer than its own time limit before we give up on it. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Supplier<List<FederationTransport>> transports;
  private final Supplier<Duration> replyTimeout;
  private final PeerBook book;
  private final Deadlines deadlines;
  private final Clock clock;
  private final Map<Route, CompletionStage<Boolean>> pings = new ConcurrentHashMap<>();

  /** One of the calls of a transport. */
  @FunctionalInterface
  public interface Call<T> {
    /** Makes the call. */
    CompletionStage<T> over(FederationTransport transport, Route route, Duration timeout);
  }

  /**
   * @param transports those that there are now, the preferred one first
   * @param replyTimeout how long a peer may take to answer now
   */
  public PeerCalls(
      Supplier<List<FederationTransport>> transports,
      Supplier<Duration> replyTimeout,
      PeerBook book,
      Deadlines deadlines,
      Clock clock) {
    this.transports = transports;
    this.replyTimeout = replyTimeout;
    this.book = book;
    this.deadlines = deadlines;
    this.clock = clock;
  }

  /**
   * Makes a call with the usual time limit.
   *
   * @return the answer, or a {@link FederationException}
   */
  public <T> CompletionStage<T> call(Route route, Call<T> call) {
    return call(route, replyTimeout.get(), call);
  }

  /** How long a peer may take to answer now, if nothing else is said. */
  public Duration replyTimeout() {
    return replyTimeout.get();
  }

  /**
   * Makes a call with a time limit.
   *
   * @return the answer, or a {@link FederationException}
   */
  public <T> CompletionStage<T> call(Route route, Duration timeout, Call<T> call) {
    return attempt(route, timeout, call)
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                book.heard(route.peerDomain());
              } else if (Stages.cause(failure) instanceof FederationException refusal) {
                note(route.peerDomain(), refusal);
              }
            });
  }

  private <T> CompletionStage<T> attempt(Route route, Duration timeout, Call<T> call) {
    List<FederationTransport> serving =
        transports.get().stream()
            .filter(transport -> transport.serves(route.localDomain()))
            .toList();
    Use use =
        book.transports().next(route, serving.stream().map(FederationTransport::kind).toList());
    for (FederationTransport transport : serving) {
      if (use.kind().filter(transport.kind()::equals).isPresent()) {
        return noted(
            route,
            transport.kind(),
            deadlines.within(
                timeout.plus(GRACE),
                begin(transport, route, timeout, call),
                () -> late(route, timeout)));
      }
    }
    return CompletableFuture.failedStage(
        new FederationException(FailureReason.NOT_CONNECTED, noTransport(route, use)));
  }

  private <T> CompletionStage<T> noted(Route route, String kind, CompletionStage<T> answer) {
    return answer.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            book.transports().answered(route, kind);
          } else if (Stages.cause(failure) instanceof FederationException refusal) {
            book.transports().failed(route, kind, refusal.reason());
          }
        });
  }

  /** A transport that is being stopped may throw instead of failing the call. */
  private static <T> CompletionStage<T> begin(
      FederationTransport transport, Route route, Duration timeout, Call<T> call) {
    try {
      return call.over(transport, route, timeout);
    } catch (IllegalStateException e) {
      return CompletableFuture.failedStage(
          new FederationException(
              FailureReason.NOT_CONNECTED, "the transport is stopping: " + e.getMessage(), e));
    }
  }

  private static String noTransport(Route route, Use use) {
    return use.kind()
        .map(
            kind ->
                route.peerDomain()
                    + " is pinned to the transport "
                    + kind
                    + ", which is not connected for "
                    + route.localDomain()
                    + ": wave:transports --unpin "
                    + route.peerDomain()
                    + " lets it be called another way")
        .orElseGet(
            () ->
                "no transport is connected for "
                    + route.localDomain()
                    + ", so that "
                    + route.peerDomain()
                    + " cannot be reached: see wave:status");
  }

  private static FederationException late(Route route, Duration timeout) {
    return new FederationException(
        FailureReason.TIMED_OUT,
        route.peerDomain() + " did not answer within " + timeout.toSeconds() + " s");
  }

  private void note(String domain, FederationException failure) {
    switch (failure.reason()) {
      case NO_SUCH_DOMAIN, NO_WAVE_SERVICE, REFUSED, REMOTE_SERVER_TIMEOUT ->
          book.down(domain, failure.getMessage());
      case NOT_CONNECTED -> book.cutOff(domain, failure.getMessage());
      case TIMED_OUT, OVERLOADED -> {}
      default -> book.heard(domain);
    }
  }

  /**
   * Whether the peer has given a sign of life since an instant, or answers a ping now. There is one
   * ping at a time for each route. Never fails.
   */
  public CompletionStage<Boolean> isAlive(Route route, Instant since) {
    if (book.heardSince(route.peerDomain(), since)) {
      return CompletableFuture.completedStage(true);
    }
    CompletableFuture<Boolean> alive = new CompletableFuture<>();
    CompletionStage<Boolean> running = pings.putIfAbsent(route, alive);
    if (running != null) {
      return running;
    }
    Duration usual = replyTimeout.get();
    Duration timeout = usual.compareTo(PING_TIMEOUT) < 0 ? usual : PING_TIMEOUT;
    call(route, timeout, FederationTransport::ping)
        .whenComplete(
            (answer, failure) -> {
              pings.remove(route);
              alive.complete(failure == null || book.heardSince(route.peerDomain(), since));
              if (failure != null && Stages.cause(failure) instanceof FederationException reason) {
                noteSilence(route, reason);
              }
            });
    return alive;
  }

  private void noteSilence(Route route, FederationException failure) {
    if (failure.reason() == FailureReason.TIMED_OUT) {
      book.down(route.peerDomain(), failure.getMessage());
    }
  }

  /** The time now. */
  public Instant now() {
    return clock.instant();
  }
}
