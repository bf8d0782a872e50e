// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.host;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.protocol.DeltaRejectedException;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.protocol.WaveletCopy.Applied;
import org.wavefed.protocol.WaveletCopy.Outcome;
import org.wavefed.server.Limits;
import org.wavefed.server.Refusals;
import org.wavefed.server.wavelet.OpenWavelet.Writer;
import org.wavefed.server.wavelet.TrackedCopy;
import org.wavefed.server.wavelet.Wavelets;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/**
 * Puts deltas in order and applies them to the wavelets that this server hosts. Whoever calls has
 * verified or made the signatures. Failures are {@link WaveException}s. Thread-safe.
 */
public final class HostedWavelets {
  private final Wavelets wavelets;
  private final Predicate<String> isLocal;
  private final Admission admission;
  private final Clock clock;

  /**
   * @param isLocal whether a domain is one of ours
   * @param clock for the application timestamps
   */
  public HostedWavelets(
      Wavelets wavelets, Supplier<Limits> limits, Predicate<String> isLocal, Clock clock) {
    this.wavelets = wavelets;
    this.admission = new Admission(limits);
    this.isLocal = isLocal;
    this.clock = clock;
  }

  /** Begins a wavelet with a delta. */
  public CompletionStage<LoggedDelta> create(
      WaveletName name, SignedDelta signed, WaveletDelta delta) {
    admission.check(delta);
    return wavelets.write(
        name,
        writer -> {
          if (writer.head().version().version() > 0) {
            throw Refusals.refuse(Reason.INVALID_OPERATION, name + " is there already");
          }
          return apply(writer, signed, delta, List.of());
        });
  }

  /**
   * Applies a delta to a wavelet that is there.
   *
   * @param delta what {@code signed} says
   * @return its place in the history once it is durable; that of the first one if it was submitted
   *     before
   */
  public CompletionStage<LoggedDelta> submit(
      WaveletName name, SignedDelta signed, WaveletDelta delta) {
    admission.check(delta);
    return wavelets.writeSince(
        name,
        delta.target().version(),
        (writer, since) -> {
          if (writer.head().version().version() == 0) {
            throw Refusals.refuse(Reason.NO_SUCH_WAVELET, "there is no wavelet " + name);
          }
          return apply(writer, signed, delta, since);
        });
  }

  private CompletionStage<LoggedDelta> apply(
      Writer writer, SignedDelta signed, WaveletDelta delta, List<LoggedDelta> since) {
    Outcome outcome = outcome(writer, signed, delta, since);
    if (outcome instanceof Applied applied) {
      requireParticipant(writer.head().state(), delta.author());
      TrackedCopy head = writer.head();
      admission.check(head, head.then(applied.copy(), applied.delta().operations()));
      writer.requireRoom();
      HashedVersion before = head.version();
      return writer
          .write(
              applied.delta(),
              applied.copy(),
              joined -> cursors(applied.copy().name(), joined, before))
          .thenApply(copy -> applied.delta());
    }
    return writer.settled().thenApply(copy -> outcome.delta());
  }

  /** A repetition is found before access is looked at: the author may have left since. */
  private Outcome outcome(
      Writer writer, SignedDelta signed, WaveletDelta delta, List<LoggedDelta> since) {
    WaveletState state = writer.head().state();
    try {
      long now = Math.max(clock.millis(), state.lastModifiedTime());
      return writer.head().copy().host(signed, delta, since, now);
    } catch (DeltaRejectedException e) {
      requireParticipant(state, delta.author());
      throw Refusals.forUser(e);
    }
  }

  private static void requireParticipant(WaveletState state, ParticipantId author) {
    if (state.version() > 0 && !state.hasParticipant(author)) {
      throw Refusals.refuse(
          Reason.NOT_ALLOWED,
          author + " is not a participant of " + state.name() + "; ask a participant to be added");
    }
  }

  private List<DeliveryCursor> cursors(WaveletName name, Set<String> joined, HashedVersion before) {
    return joined.stream()
        .filter(domain -> !isLocal.test(domain))
        .map(domain -> new DeliveryCursor(domain, name, before.version()))
        .toList();
  }
}
