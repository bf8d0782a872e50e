// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.server.concurrent.Deadlines;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.server.peer.PeerCalls;
import org.wavefed.server.peer.Signatures;
import org.wavefed.server.remote.RemoteCopy.Staged;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Route;

/**
 * Fills a copy up to a version from its host's history: one request at a time, as many as it takes,
 * each part durable before long. A failed request is tried again {@link #TRIES} times; what was
 * fetched until then stays, and the next time goes on from there. Thread-safe.
 */
final class Gap {
  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** What we ask an answer to be shorter than, in characters. */
  private static final long LENGTH_LIMIT = 300_000;

  private final RemoteCopy copy;
  private final PeerCalls calls;
  private final Signatures signatures;
  private final Deadlines deadlines;

  Gap(RemoteCopy copy, PeerCalls calls, Signatures signatures, Deadlines deadlines) {
    this.copy = copy;
    this.calls = calls;
    this.signatures = signatures;
    this.deadlines = deadlines;
  }

  /** Fetches what is missing up to a version; nothing if the copy is there already. */
  CompletionStage<Staged> fill(Route toHost, WaveletName name, HashedVersion to) {
    return copy.head(name).thenCompose(head -> fill(toHost, name, to, head));
  }

  /** One answer of the host's, as it came; nothing is verified or kept. */
  CompletionStage<List<AppliedDelta>> peek(
      Route toHost, WaveletName name, HashedVersion from, HashedVersion to) {
    HistoryRequest request = new HistoryRequest(name, from, to, OptionalLong.of(LENGTH_LIMIT));
    return fetch(toHost, request, TRIES)
        .thenApply(history -> Messages.parse(name, history.appliedDeltas()));
  }

  private CompletionStage<Staged> fill(
      Route toHost, WaveletName name, HashedVersion to, Staged at) {
    if (at.head().version() >= to.version()) {
      return copy.requireSame(name, to, at);
    }
    HistoryRequest request = new HistoryRequest(name, at.head(), to, OptionalLong.of(LENGTH_LIMIT));
    return fetch(toHost, request, TRIES)
        .thenCompose(history -> take(toHost, name, at, history))
        .thenCompose(now -> fill(toHost, name, to, requireProgress(name, at, now)));
  }

  private CompletionStage<History> fetch(Route toHost, HistoryRequest request, int tries) {
    return Stages.recover(
        calls.call(
            toHost, (transport, route, timeout) -> transport.history(route, request, timeout)),
        failure ->
            tries > 1 && isTemporary(failure)
                ? deadlines
                    .after(PAUSE.multipliedBy(TRIES - tries + 1L))
                    .thenCompose(over -> fetch(toHost, request, tries - 1))
                : CompletableFuture.failedStage(explain(request, failure)));
  }

  private static boolean isTemporary(Throwable failure) {
    return failure instanceof FederationException refusal && refusal.reason().isTemporary();
  }

  /** A host that understands but does not accept our version and hash has another history. */
  private static Throwable explain(HistoryRequest request, Throwable failure) {
    return failure instanceof FederationException refusal
            && refusal.reason() == FailureReason.NOT_ACCEPTABLE
        ? new Contradiction(
            "its host does not know our version " + request.start().version(), failure)
        : failure;
  }

  private CompletionStage<Staged> take(Route toHost, WaveletName name, Staged at, History history) {
    List<AppliedDelta> deltas =
        RemoteCopy.after(at.head().version(), Messages.parse(name, history.appliedDeltas()));
    return signatures
        .verify(toHost, name, deltas)
        .thenCompose(verified -> copy.apply(name, deltas))
        // Else what the host sends faster than the disk takes it would pile up in memory.
        .thenCompose(staged -> staged.durable().thenApply(durable -> staged));
  }

  private static Staged requireProgress(WaveletName name, Staged before, Staged now) {
    if (now.head().version() <= before.head().version()) {
      throw new FederationException(
          FailureReason.REMOTE_SERVER_TIMEOUT,
          name.host() + " gave no history of " + name + " after " + before.head().version());
    }
    return now;
  }
}
