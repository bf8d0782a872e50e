// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.server.concurrent.Deadlines;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.server.peer.Patience;
import org.wavefed.server.peer.PeerCalls;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Route;
import org.wavefed.transport.SubmitResult;

/**
 * Sends a delta to the host of its wavelet, and again while the host is silent: the delta or the
 * answer may have been lost on the way, and a host takes the same delta twice as once. All of it
 * takes no longer than one call may. Thread-safe.
 */
final class RepeatedSubmit {
  /** How often the delta is sent at most. */
  static final int TIMES = 3;

  private final PeerCalls calls;
  private final Deadlines deadlines;

  RepeatedSubmit(PeerCalls calls, Deadlines deadlines) {
    this.calls = calls;
    this.deadlines = deadlines;
  }

  /** A delta to be submitted. It may be sent again after it failed. */
  Submission of(Route toHost, WaveletName name, SignedDelta signed) {
    return new Submission(toHost, name, signed);
  }

  /** One delta for its host. */
  final class Submission {
    private final Route toHost;
    private final WaveletName name;
    private final SignedDelta signed;
    private volatile boolean perhapsTaken;

    private Submission(Route toHost, WaveletName name, SignedDelta signed) {
      this.toHost = toHost;
      this.name = name;
      this.signed = signed;
    }

    /**
     * Sends it.
     *
     * @return the host's answer, or a {@link FederationException}
     */
    CompletionStage<SubmitResult> send() {
      return new Attempts(this, calls.replyTimeout()).begin();
    }

    /** Whether the host may have taken it, whatever was said later. */
    boolean isPerhapsTaken() {
      return perhapsTaken;
    }

    private CompletionStage<SubmitResult> call(Duration timeout) {
      return calls.call(
          toHost,
          timeout,
          (transport, route, time) ->
              transport.submit(route, name, signed.toBytes(), time).whenComplete(this::noteLoss));
    }

    private void noteLoss(SubmitResult result, Throwable failure) {
      if (failure != null
          && Stages.cause(failure) instanceof FederationException lost
          && (lost.reason() == FailureReason.NOT_CONNECTED
              || lost.reason() == FailureReason.TIMED_OUT)) {
        perhapsTaken = true;
      }
    }
  }

  /** The attempts to submit one delta; the first answer counts. */
  private final class Attempts {
    private final Submission submission;
    private final Duration whole;
    private final CompletableFuture<SubmitResult> answer = new CompletableFuture<>();

    Attempts(Submission submission, Duration whole) {
      this.submission = submission;
      this.whole = whole;
    }

    CompletionStage<SubmitResult> begin() {
      submission
          .call(whole)
          .whenComplete((result, failure) -> Stages.complete(answer, result, failure));
      repeatIfSilent(TIMES - 1);
      return answer;
    }

    private void repeatIfSilent(int left) {
      deadlines
          .within(whole.dividedBy(TIMES), answer, TimeoutException::new)
          .whenComplete(
              (result, failure) -> {
                if (left > 0 && !answer.isDone()) {
                  submission
                      .call(whole.multipliedBy(left).dividedBy(TIMES))
                      .whenComplete(this::repeatEnded);
                  repeatIfSilent(left - 1);
                }
              });
    }

    /** The first attempt decides, unless the host says something to a later one. */
    private void repeatEnded(SubmitResult result, Throwable failure) {
      if (failure == null) {
        answer.complete(result);
      } else if (Stages.cause(failure) instanceof FederationException refusal
          && RemoteSubmits.isHostsWord(refusal)
          && !Patience.isPassing(refusal)) {
        answer.completeExceptionally(
            RemoteSubmits.isUnknownSigner(refusal) ? refusal : perhapsTaken(refusal));
      }
    }

    /** Whoever removed himself, say, may not submit that again. */
    private FederationException perhapsTaken(FederationException refusal) {
      return new FederationException(
          FailureReason.TIMED_OUT,
          submission.toHost.peerDomain()
              + " did not answer at first, and then refused the same: "
              + refusal.getMessage(),
          refusal);
    }
  }
}
