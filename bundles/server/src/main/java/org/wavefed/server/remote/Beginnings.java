// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.DeltaRejectedException;
import org.wavefed.server.Limits;
import org.wavefed.server.LogBudget;
import org.wavefed.server.Refusals;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.server.concurrent.TurnsByKey;
import org.wavefed.server.peer.Signatures;
import org.wavefed.server.remote.RemoteCopy.Staged;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Route;

/**
 * Decides whether a wavelet that we do not have may come into being here: only by a delta that adds
 * a user of ours, verified together with all before it. Deployed hosts send that delta once, and if
 * it was lost we hear only of later ones; so the host is asked for the history before, in a bounded
 * number of requests and not again within {@link #PAUSE}, and nothing is kept while none is found.
 * Those of one host that need history take turns. Thread-safe.
 */
final class Beginnings {
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(Beginnings.class);
  private static final int MOST_REQUESTS = 20;
  private static final int MOST_REMEMBERED = 10_000;

  /** How many wavelets of one host may wait for their turn. */
  private static final int MOST_WAITING = 64;

  private final RemoteCopy copy;
  private final Gap gap;
  private final Signatures signatures;
  private final Predicate<String> isLocal;
  private final Supplier<Limits> limits;
  private final Executor pool;
  private final Clock clock;
  private final LogBudget budget;
  private final TurnsByKey<String> turns;
  private final Map<WaveletName, Instant> notBefore = new LinkedHashMap<>();

  Beginnings(
      RemoteCopy copy,
      Gap gap,
      Signatures signatures,
      Predicate<String> isLocal,
      Supplier<Limits> limits,
      Executor pool,
      Clock clock) {
    this.copy = copy;
    this.gap = gap;
    this.signatures = signatures;
    this.isLocal = isLocal;
    this.limits = limits;
    this.pool = pool;
    this.clock = clock;
    this.budget =
        new LogBudget(clock, 100, 10, more -> log.warn("{} more wavelets cannot begin", more));
    this.turns = new TurnsByKey<>(pool, MOST_WAITING);
  }

  /**
   * Brings the wavelet into being if the deltas, or what came before them, add a user of ours;
   * otherwise completes exceptionally with a {@link FederationException}, and nothing is kept.
   */
  CompletionStage<Void> begin(Route toHost, WaveletName name, List<AppliedDelta> deltas) {
    boolean announced = deltas.stream().anyMatch(this::addsOurs);
    if (deltas.isEmpty() || !(announced || mayAsk(name))) {
      return CompletableFuture.failedStage(notOurs(name));
    }
    return inTurn(toHost, name, deltas, announced ? Integer.MAX_VALUE : MOST_REQUESTS)
        .whenComplete(
            (begun, failure) -> {
              if (failure != null && Refusals.mayPass(failure)) {
                forgetAsking(name);
              }
            });
  }

  private CompletionStage<Void> inTurn(
      Route toHost, WaveletName name, List<AppliedDelta> deltas, int requests) {
    return deltas.get(0).appliedAt().version() == 0
        ? begin(toHost, name, deltas, requests)
        : turns
            .take(name.host(), () -> begin(toHost, name, deltas, requests))
            .orElseGet(() -> CompletableFuture.failedStage(tooMany(name)));
  }

  private boolean addsOurs(AppliedDelta delta) {
    return Beginning.addsOneOf(delta, isLocal);
  }

  private CompletionStage<Void> begin(
      Route toHost, WaveletName name, List<AppliedDelta> deltas, int requests) {
    Beginning beginning = new Beginning(name, isLocal, limits.get());
    CompletionStage<Void> begun =
        search(toHost, name, beginning, deltas, requests)
            .thenCompose(
                found ->
                    beginning.isOurs()
                        ? keep(name, beginning)
                        : CompletableFuture.failedStage(notOurs(name)));
    return Stages.recover(
        begun.whenComplete((kept, failure) -> close(beginning)),
        failure -> CompletableFuture.failedStage(refusal(name, failure)));
  }

  private static void close(Beginning beginning) {
    try {
      beginning.close();
    } catch (IOException e) {
      log.warn("a temporary file was not closed: {}", e.getMessage());
    }
  }

  /** Goes on until a user of ours was added, or there is nothing more to ask. */
  private CompletionStage<Void> search(
      Route toHost, WaveletName name, Beginning soFar, List<AppliedDelta> news, int requests) {
    HashedVersion from = soFar.end();
    HashedVersion to = news.get(0).appliedAt();
    if (from.equals(to) && news.stream().anyMatch(this::addsOurs)) {
      return take(toHost, name, soFar, news);
    }
    if (from.version() >= to.version() || requests == 0) {
      return CompletableFuture.completedStage(null);
    }
    return gap.peek(toHost, name, from, to)
        .thenCompose(page -> take(toHost, name, soFar, RemoteCopy.after(from.version(), page)))
        .thenCompose(
            taken ->
                soFar.isOurs() || soFar.end().equals(from)
                    ? CompletableFuture.completedStage(null)
                    : search(toHost, name, soFar, news, requests - 1));
  }

  private CompletionStage<Void> take(
      Route toHost, WaveletName name, Beginning soFar, List<AppliedDelta> deltas) {
    return signatures
        .verify(toHost, name, deltas)
        .thenAcceptAsync(verified -> take(name, soFar, deltas), pool);
  }

  private static void take(WaveletName name, Beginning soFar, List<AppliedDelta> deltas) {
    try {
      soFar.take(deltas);
    } catch (DeltaRejectedException e) {
      throw new FederationException(
          FailureReason.NOT_ACCEPTABLE,
          "the history of " + name + " contradicts itself: " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each part is durable before the next is read, so that little of it is in memory. */
  private CompletionStage<Void> keep(WaveletName name, Beginning beginning) {
    List<AppliedDelta> deltas;
    try {
      deltas = Messages.parse(name, beginning.deltas());
    } catch (IOException e) {
      return CompletableFuture.failedStage(new UncheckedIOException(e));
    }
    return deltas.isEmpty()
        ? CompletableFuture.completedStage(null)
        : copy.apply(name, deltas)
            .thenCompose(Staged::durable)
            .thenComposeAsync(durable -> keep(name, beginning), pool);
  }

  private synchronized boolean mayAsk(WaveletName name) {
    Instant now = clock.instant();
    Instant earliest = notBefore.getOrDefault(name, Instant.EPOCH);
    if (earliest.isAfter(now)) {
      return false;
    }
    notBefore.remove(name);
    notBefore.put(name, now.plus(PAUSE));
    if (notBefore.size() > MOST_REMEMBERED) {
      notBefore.remove(notBefore.keySet().iterator().next());
    }
    return true;
  }

  /** A question that was not answered may be asked again at once. */
  private synchronized void forgetAsking(WaveletName name) {
    notBefore.remove(name);
  }

  private static FederationException notOurs(WaveletName name) {
    return Refusals.refuse(
        FailureReason.ITEM_NOT_FOUND, name + " has no participant here, and nothing adds one");
  }

  private static FederationException tooMany(WaveletName name) {
    return Refusals.refuse(
        FailureReason.RESOURCE_CONSTRAINT,
        "the history of too many wavelets of "
            + name.host()
            + " is being fetched; try again later");
  }

  /** What the host is told; of what it cannot mend the operator is told too. */
  private Throwable refusal(WaveletName name, Throwable failure) {
    if (failure instanceof Contradiction) {
      return Refusals.refuse(FailureReason.NOT_ACCEPTABLE, name + ": " + failure.getMessage());
    }
    boolean tooLarge = failure instanceof Oversize;
    if (!tooLarge && !(failure instanceof UncheckedIOException)) {
      return failure;
    }
    String why = tooLarge ? failure.getMessage() : failure.getCause().getMessage();
    if (budget.allows(name.host())) {
      log.warn("{} adds a user of ours, but cannot begin here: {}", name, why);
    }
    return Refusals.refuse(
        tooLarge ? FailureReason.NOT_ACCEPTABLE : FailureReason.RESOURCE_CONSTRAINT,
        "there is no room for " + name + ": " + why);
  }
}
