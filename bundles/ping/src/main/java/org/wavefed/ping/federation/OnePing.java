// SPDX-License-Identifier: Apache-2.0
package org.wavefed.ping.federation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.wavefed.ping.PingResult;
import org.wavefed.ping.PingResult.Answered;
import org.wavefed.ping.PingResult.Failed;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.Route;

/** One ping on its way: discovery first, then the ping with what is left of the time. */
final class OnePing {
  private final FederationTransport transport;
  private final Route route;
  private final Duration timeout;
  private final long start = System.nanoTime();

  OnePing(FederationTransport transport, Route route, Duration timeout) {
    this.transport = transport;
    this.route = route;
    this.timeout = timeout;
  }

  CompletionStage<PingResult> send() {
    // The copy's own deadline: a transport that breaks its promise to answer in time must not hang
    // whoever asks.
    return CompletableFuture.completedStage(route)
        .thenCompose(r -> transport.discover(r, timeout))
        .thenCompose(this::ask)
        .toCompletableFuture()
        .copy()
        .orTimeout(timeout.toMillis() + 100, TimeUnit.MILLISECONDS)
        .exceptionally(this::failed);
  }

  private CompletionStage<PingResult> ask(String address) {
    Duration discovery = elapsed();
    Duration left = timeout.minus(discovery);
    if (left.isNegative() || left.isZero()) {
      throw timedOut();
    }
    return transport
        .ping(route, left)
        .thenApply(
            answer ->
                new Answered(address, transport.kind(), discovery, elapsed().minus(discovery)));
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private FederationException timedOut() {
    return new FederationException(
        FailureReason.TIMED_OUT,
        route.peerDomain() + " did not answer within " + timeout.toMillis() + " ms");
  }

  private PingResult failed(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    FederationException reason =
        cause instanceof FederationException known
            ? known
            : cause instanceof TimeoutException
                ? timedOut()
                : new FederationException(
                    FailureReason.UNDEFINED_CONDITION,
                    "the transport " + transport.kind() + " failed: " + cause);
    return new Failed(reason.reason(), String.valueOf(reason.getMessage()), elapsed());
  }
}
