// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.SignerId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.server.Refusals;
import org.wavefed.server.Services;
import org.wavefed.server.concurrent.Deadlines;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.server.peer.Patience;
import org.wavefed.server.peer.PeerCalls;
import org.wavefed.server.remote.RepeatedSubmit.Submission;
import org.wavefed.server.wavelet.Wavelets;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Route;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/**
 * Submits what our users write to the hosts of their wavelets. The host is told our signer before
 * it sees the first delta signed with it. After the host's answer we wait for the delta to come
 * back, and fetch it if it does not, so that the user reads what the user wrote; as long as it
 * cannot be fetched, later again. Thread-safe.
 */
public final class RemoteSubmits {
  private static final Logger log = LoggerFactory.getLogger(RemoteSubmits.class);

  /** How long the echo may take before we fetch it. */
  private static final Duration ECHO = Duration.ofSeconds(2);

  /** How many (host, signer) pairs are remembered as told. */
  private static final int MOST_TOLD = 10_000;

  private final Wavelets wavelets;
  private final RemoteWavelets copies;
  private final Arrivals arrivals;
  private final PeerCalls calls;
  private final Services services;
  private final Deadlines deadlines;
  private final RepeatedSubmit submits;
  private final Patience patience;
  private final BiConsumer<Route, WaveletUpdate> missed;
  private final Set<Told> told = Collections.synchronizedSet(boundedSet());

  private record Told(String host, SignerId signer) {}

  /**
   * Submits over the given calls.
   *
   * @param arrivals is told when copies grow
   * @param patience with hosts that have just gone
   * @param missed is told what a host has taken, if that did not come back
   */
  public RemoteSubmits(
      Wavelets wavelets,
      RemoteWavelets copies,
      Arrivals arrivals,
      PeerCalls calls,
      Services services,
      Patience patience,
      Deadlines deadlines,
      BiConsumer<Route, WaveletUpdate> missed) {
    this.wavelets = wavelets;
    this.copies = copies;
    this.arrivals = arrivals;
    this.calls = calls;
    this.services = services;
    this.deadlines = deadlines;
    this.submits = new RepeatedSubmit(calls, deadlines);
    this.patience = patience;
    this.missed = missed;
  }

  /**
   * Submits a delta of one of our users.
   *
   * @param authorDomain the domain that signed it
   * @return once the host has it and, as far as that works, our copy too; otherwise a {@link
   *     WaveException}
   */
  public CompletionStage<Submitted> submit(
      WaveletName name, String authorDomain, SignedDelta signed) {
    Route toHost = new Route(authorDomain, name.host());
    Submission submission = submits.of(toHost, name, signed);
    return patience
        .with(toHost.peerDomain(), () -> send(toHost, signed, submission))
        .handle((result, failure) -> answer(toHost, submission.isPerhapsTaken(), result, failure))
        .thenCompose(result -> seen(toHost, name, result));
  }

  /** A host that lost our signer says so, once. */
  private CompletionStage<SubmitResult> send(
      Route toHost, SignedDelta signed, Submission submission) {
    return Stages.recover(
        withSigner(toHost, signed).thenCompose(ready -> submission.send()),
        failure -> {
          if (!isUnknownSigner(failure)) {
            return CompletableFuture.failedStage(failure);
          }
          told.remove(new Told(toHost.peerDomain(), signer(signed)));
          return withSigner(toHost, signed).thenCompose(ready -> submission.send());
        });
  }

  static boolean isUnknownSigner(Throwable failure) {
    return failure instanceof FederationException refusal
        && refusal.reason() == FailureReason.INTERNAL_SERVER_ERROR
        && refusal.getMessage().toLowerCase(Locale.ROOT).contains("unknown signer");
  }

  private static SignerId signer(SignedDelta signed) {
    return signed.signatures().get(0).signer();
  }

  private CompletionStage<Void> withSigner(Route toHost, SignedDelta signed) {
    Told now = new Told(toHost.peerDomain(), signer(signed));
    if (told.contains(now)) {
      return CompletableFuture.completedStage(null);
    }
    return services
        .signer(signer -> CompletableFuture.completedStage(signer.signerInfo(toHost.localDomain())))
        .thenCompose(
            info ->
                calls.call(
                    toHost,
                    (transport, route, timeout) -> transport.postSigner(route, info, timeout)))
        .thenAccept(accepted -> told.add(now));
  }

  private static SubmitResult answer(
      Route toHost, boolean isPerhapsTaken, SubmitResult result, @Nullable Throwable failure) {
    if (failure == null) {
      return result;
    }
    Throwable cause = Stages.cause(failure);
    if (cause instanceof FederationException refusal) {
      Reason reason = isPerhapsTaken ? Reason.HOST_SILENT : reason(refusal.reason());
      throw refuse(reason, toHost, refusal.getMessage(), refusal);
    }
    throw cause instanceof CryptoException
        ? new WaveException(Reason.UNAVAILABLE, "not accepted: " + cause.getMessage(), cause)
        : Refusals.forUser(cause);
  }

  /** Whether the host itself refused. */
  static boolean isHostsWord(FederationException failure) {
    return reason(failure.reason()) == Reason.HOST_REFUSED;
  }

  private static Reason reason(FailureReason reason) {
    return switch (reason) {
      // A server between says with a time-out of its own that it could not pass the delta on.
      case NO_SUCH_DOMAIN, NO_WAVE_SERVICE, REFUSED, NOT_CONNECTED, REMOTE_SERVER_TIMEOUT ->
          Reason.HOST_UNREACHABLE;
      case TIMED_OUT -> Reason.HOST_SILENT;
      case OVERLOADED -> Reason.UNAVAILABLE;
      default -> Reason.HOST_REFUSED;
    };
  }

  private static WaveException refuse(Reason reason, Route toHost, String why, Throwable cause) {
    String host = toHost.peerDomain();
    String line =
        switch (reason) {
          case HOST_UNREACHABLE ->
              "not accepted: the host " + host + " cannot be reached, try again later: ";
          case HOST_SILENT ->
              "perhaps not accepted: no answer from the host "
                  + host
                  + "; submitting the same again is safe: ";
          case HOST_REFUSED -> "not accepted: the host " + host + " refused: ";
          default -> "not accepted, try again: ";
        };
    return new WaveException(reason, line + why, cause);
  }

  // ---- the way back

  private CompletionStage<Submitted> seen(Route toHost, WaveletName name, SubmitResult result) {
    Submitted submitted = new Submitted(result.resulting(), result.applicationTimestamp());
    Arrivals.Arrival echo = arrivals.await(name, result.resulting().version());
    return wavelets
        .find(name)
        .thenAccept(
            copy -> copy.ifPresent(it -> arrivals.grown(name, it.durable().version().version())))
        .thenCompose(
            looked ->
                Stages.recover(
                    deadlines.within(ECHO, echo.there(), () -> Refusals.missing("echo")),
                    late -> copies.update(toHost.localDomain(), notice(name, result))))
        .handle(
            (nothing, failure) -> {
              arrivals.giveUp(echo);
              if (failure != null) {
                log.warn(
                    "{} has version {} of {}, which has not come back yet: {}",
                    toHost.peerDomain(),
                    result.resulting().version(),
                    name,
                    Stages.cause(failure).getMessage());
                missed.accept(toHost, notice(name, result));
              }
              return submitted;
            });
  }

  /** What the host's answer says of the wavelet. */
  private static WaveletUpdate notice(WaveletName name, SubmitResult result) {
    return new WaveletUpdate(name, List.of(), Optional.of(result.resulting()));
  }

  private static Set<Told> boundedSet() {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Told, Boolean> eldest) {
            return size() > MOST_TOLD;
          }
        });
  }
}
