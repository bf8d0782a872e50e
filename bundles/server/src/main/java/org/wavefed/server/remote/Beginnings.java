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
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.HashChain;
import org.wavefed.server.Refusals;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Route;

/**
 * Decides whether a wavelet that we do not have may come into being here: only by a delta that adds
 * a user of ours. Deployed hosts send that delta once, and if it was lost we hear only of later
 * ones; so the host is asked for the history before, in a bounded number of requests and not again
 * within {@link #PAUSE}, and nothing is kept while none is found. Thread-safe.
 */
final class Beginnings {
  static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int MOST_REQUESTS = 20;
  private static final int MOST_REMEMBERED = 10_000;

  private final Gap gap;
  private final Predicate<String> isLocal;
  private final Clock clock;
  private final Map<WaveletName, Instant> notBefore = new LinkedHashMap<>();

  Beginnings(Gap gap, Predicate<String> isLocal, Clock clock) {
    this.gap = gap;
    this.isLocal = isLocal;
    this.clock = clock;
  }

  /**
   * Completes if the deltas, or what came before them, add a user of ours; otherwise exceptionally
   * with a {@link FederationException}.
   */
  CompletionStage<Void> requireOurs(Route toHost, WaveletName name, List<AppliedDelta> deltas) {
    if (deltas.stream().anyMatch(this::addsOurs)) {
      return CompletableFuture.completedStage(null);
    }
    if (deltas.isEmpty() || !mayAsk(name)) {
      return CompletableFuture.failedStage(notOurs(name));
    }
    return search(
        toHost, name, HashChain.versionZero(name), deltas.get(0).appliedAt(), MOST_REQUESTS);
  }

  private CompletionStage<Void> search(
      Route toHost, WaveletName name, HashedVersion from, HashedVersion to, int requests) {
    if (from.version() >= to.version() || requests == 0) {
      return CompletableFuture.failedStage(notOurs(name));
    }
    return gap.peek(toHost, name, from, to)
        .thenCompose(
            page -> {
              if (page.stream().anyMatch(this::addsOurs)) {
                return CompletableFuture.completedStage(null);
              }
              HashedVersion next = page.isEmpty() ? to : page.get(page.size() - 1).resulting();
              return search(toHost, name, next, to, requests - 1);
            });
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

  private boolean addsOurs(AppliedDelta delta) {
    return delta.delta().operations().stream()
        .anyMatch(
            operation ->
                operation instanceof AddParticipant add
                    && isLocal.test(add.participant().domain()));
  }
}
