// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.DeltaRejectedException;
import org.wavefed.server.Refusals;
import org.wavefed.server.peer.Signatures;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Route;

/**
 * Decides whether a wavelet that we do not have may come into being here: only by a delta that adds
 * a user of ours, verified together with all before it. Deployed hosts send that delta once, and if
 * it was lost we hear only of later ones; so the host is asked for the history before, in a bounded
 * number of requests and not again within {@link #PAUSE}, and nothing is kept while none is found.
 * Thread-safe.
 */
final class Beginnings {
  static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int MOST_REQUESTS = 20;
  private static final int MOST_REMEMBERED = 10_000;

  private final RemoteCopy copy;
  private final Gap gap;
  private final Signatures signatures;
  private final Predicate<String> isLocal;
  private final Clock clock;
  private final Map<WaveletName, Instant> notBefore = new LinkedHashMap<>();

  Beginnings(
      RemoteCopy copy, Gap gap, Signatures signatures, Predicate<String> isLocal, Clock clock) {
    this.copy = copy;
    this.gap = gap;
    this.signatures = signatures;
    this.isLocal = isLocal;
    this.clock = clock;
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
    return search(
        toHost,
        name,
        new Beginning(name, isLocal),
        deltas,
        announced ? Integer.MAX_VALUE : MOST_REQUESTS);
  }

  private boolean addsOurs(AppliedDelta delta) {
    return Beginning.addsOneOf(delta, isLocal);
  }

  private CompletionStage<Void> search(
      Route toHost, WaveletName name, Beginning soFar, List<AppliedDelta> news, int requests) {
    HashedVersion from = soFar.end();
    HashedVersion to = news.get(0).appliedAt();
    if (from.equals(to) && news.stream().anyMatch(this::addsOurs)) {
      return take(toHost, name, soFar, news).thenCompose(taken -> keep(name, soFar));
    }
    if (from.version() >= to.version() || requests == 0) {
      return CompletableFuture.failedStage(notOurs(name));
    }
    return gap.peek(toHost, name, from, to)
        .thenCompose(page -> take(toHost, name, soFar, RemoteCopy.after(from.version(), page)))
        .thenCompose(
            taken -> {
              boolean found = soFar.isOurs() || soFar.end().equals(from);
              return found ? keep(name, soFar) : search(toHost, name, soFar, news, requests - 1);
            });
  }

  private CompletionStage<Void> take(
      Route toHost, WaveletName name, Beginning soFar, List<AppliedDelta> deltas) {
    return signatures
        .verify(toHost, name, deltas)
        .thenAccept(
            verified -> {
              try {
                soFar.take(deltas);
              } catch (DeltaRejectedException e) {
                throw new FederationException(
                    FailureReason.NOT_ACCEPTABLE,
                    "the history of " + name + " contradicts itself: " + e.getMessage(),
                    e);
              }
            });
  }

  private CompletionStage<Void> keep(WaveletName name, Beginning beginning) {
    return beginning.isOurs()
        ? copy.apply(name, beginning.deltas()).thenAccept(staged -> {})
        : CompletableFuture.failedStage(notOurs(name));
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

  private static FederationException notOurs(WaveletName name) {
    return Refusals.refuse(
        FailureReason.ITEM_NOT_FOUND, name + " has no participant here, and nothing adds one");
  }
}
