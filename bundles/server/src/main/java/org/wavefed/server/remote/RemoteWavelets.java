// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.server.Limits;
import org.wavefed.server.Refusals;
import org.wavefed.server.concurrent.Deadlines;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.server.concurrent.TurnsByKey;
import org.wavefed.server.peer.PeerCalls;
import org.wavefed.server.peer.Signatures;
import org.wavefed.server.remote.RemoteCopy.Staged;
import org.wavefed.server.wavelet.OpenWavelet;
import org.wavefed.server.wavelet.Wavelets;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Route;
import org.wavefed.transport.WaveletUpdate;

/**
 * Our copies of wavelets that peers host. Updates of one wavelet take turns; a turn ends when the
 * deltas are applied, so that those of several updates become durable together, and an update is
 * acknowledged when all of it is. Thread-safe.
 */
public final class RemoteWavelets {

  /** How many updates of one wavelet may wait. */
  private static final int MOST_WAITING = 1_024;

  private final Wavelets wavelets;
  private final Signatures signatures;
  private final Predicate<String> isLocal;
  private final RemoteCopy copy;
  private final Gap gap;
  private final Beginnings beginnings;
  private final Quarantine quarantine;
  private final TurnsByKey<WaveletName> turns;

  /**
   * @param isLocal whether a domain is one of ours
   * @param limits what a wavelet may have
   * @param pool where turns begin
   */
  public RemoteWavelets(
      Wavelets wavelets,
      PeerCalls calls,
      Signatures signatures,
      Predicate<String> isLocal,
      Supplier<Limits> limits,
      Executor pool,
      Deadlines deadlines,
      Clock clock) {
    this.wavelets = wavelets;
    this.signatures = signatures;
    this.isLocal = isLocal;
    this.turns = new TurnsByKey<>(pool, MOST_WAITING);
    this.copy = new RemoteCopy(wavelets, limits);
    this.gap = new Gap(copy, calls, signatures, deadlines);
    this.beginnings = new Beginnings(copy, gap, signatures, isLocal, limits, pool, clock);
    this.quarantine = new Quarantine(clock);
  }

  /**
   * Takes an update from the wavelet's host.
   *
   * @param localDomain the domain of ours that it was sent to
   * @return completes when all of it is verified and durable; otherwise a {@link
   *     FederationException}, or another failure of this server
   */
  public CompletionStage<Void> update(String localDomain, WaveletUpdate update) {
    WaveletName name = update.wavelet();
    List<AppliedDelta> deltas = Messages.parse(name, update.appliedDeltas());
    return durable(
        turn(
            name,
            () ->
                wavelets
                    .find(name)
                    .thenCompose(known -> take(localDomain, update, deltas, known))));
  }

  private CompletionStage<Staged> take(
      String localDomain,
      WaveletUpdate update,
      List<AppliedDelta> deltas,
      Optional<OpenWavelet> known) {
    WaveletName name = update.wavelet();
    Route toHost = new Route(spokesman(localDomain, known), name.host());
    long version = known.map(wavelet -> wavelet.durable().version().version()).orElse(0L);
    CompletionStage<Void> begun =
        known.isPresent()
            ? CompletableFuture.completedStage(null)
            : beginnings.begin(toHost, name, deltas);
    return begun
        .thenCompose(ours -> copy.unknown(name, version, deltas))
        // A bad signature says nothing of the wavelet, only of this message: nothing comes of it.
        .thenCompose(
            news ->
                signatures
                    .verify(toHost, name, news)
                    .thenCompose(good -> take(toHost, name, news, update.committed())));
  }

  private static CompletionStage<Void> durable(CompletionStage<Staged> turn) {
    return turn.thenCompose(staged -> staged.durable().thenApply(done -> null));
  }

  /** Whom of ours the host tells about the wavelet: a domain that has a participant in it. */
  private String spokesman(String localDomain, Optional<OpenWavelet> known) {
    return known
        .map(wavelet -> wavelet.durable().membership())
        .filter(membership -> !membership.has(localDomain))
        .flatMap(membership -> membership.present().stream().filter(isLocal).findFirst())
        .orElse(localDomain);
  }

  private CompletionStage<Staged> take(
      Route toHost,
      WaveletName name,
      List<AppliedDelta> deltas,
      Optional<HashedVersion> committed) {
    Optional<SetApart> apart = quarantine.reason(name);
    if (apart.isPresent() && !quarantine.mayRetry(name)) {
      throw apart(name, apart.get());
    }
    CompletionStage<Staged> taken =
        copy.follow(name, deltas)
            .thenCompose(
                followed ->
                    followed.isPresent()
                        ? CompletableFuture.completedStage(followed.get())
                        : filledTo(toHost, name, deltas)
                            .thenCompose(filled -> copy.apply(name, deltas)))
            .thenCompose(
                staged ->
                    committed.filter(version -> !version.equals(staged.head())).isEmpty()
                        ? CompletableFuture.completedStage(staged)
                        : gap.fill(toHost, name, committed.get()));
    return Stages.recover(
        taken.thenApply(
            staged -> {
              quarantine.lift(name);
              return staged;
            }),
        failure -> CompletableFuture.failedStage(setApart(name, failure)));
  }

  private CompletionStage<Staged> filledTo(
      Route toHost, WaveletName name, List<AppliedDelta> deltas) {
    return deltas.isEmpty() ? copy.head(name) : gap.fill(toHost, name, deltas.get(0).appliedAt());
  }

  private Throwable setApart(WaveletName name, Throwable failure) {
    if (failure instanceof SetApart reason) {
      quarantine.put(name, reason);
      return apart(name, reason);
    }
    return failure;
  }

  private static FederationException apart(WaveletName name, SetApart reason) {
    return Refusals.refuse(
        FailureReason.NOT_ACCEPTABLE,
        "our copy of " + name + " takes no more changes: " + reason.getMessage());
  }

  /** Why the wavelet takes no changes, if it does not. */
  public Optional<String> quarantined(WaveletName name) {
    return quarantine.reason(name).map(SetApart::getMessage);
  }

  private CompletionStage<Staged> turn(WaveletName name, Supplier<CompletionStage<Staged>> work) {
    return turns.take(name, work).orElseGet(() -> CompletableFuture.failedStage(tooMuch(name)));
  }

  private static FederationException tooMuch(WaveletName name) {
    return Refusals.refuse(
        FailureReason.RESOURCE_CONSTRAINT, "too many updates of " + name + " are waiting");
  }
}
