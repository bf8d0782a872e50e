// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.user;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.server.Domains;
import org.wavefed.server.Refusals;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.server.wavelet.OpenWavelet;
import org.wavefed.server.wavelet.TrackedCopy;
import org.wavefed.server.wavelet.Wavelets;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/** Who is a user of this server, and which wavelets a user may see. Thread-safe. */
final class Access {
  private final Supplier<Domains> domains;
  private final Wavelets wavelets;

  Access(Supplier<Domains> domains, Wavelets wavelets) {
    this.domains = domains;
    this.wavelets = wavelets;
  }

  /** Does the work if it is a user of ours who asks; every failure is a {@link WaveException}. */
  <T> CompletionStage<T> forUser(ParticipantId user, Supplier<CompletionStage<T>> work) {
    if (!domains.get().isLocal(user.domain()) || user.isDomain()) {
      return CompletableFuture.failedStage(
          Refusals.refuse(
              Reason.FOREIGN_USER,
              user + " is not a user of this server, which serves " + domains.get().all()));
    }
    try {
      return Stages.recover(
          work.get(), failure -> CompletableFuture.failedStage(Refusals.forUser(failure)));
    } catch (WaveException refusal) {
      return CompletableFuture.failedStage(refusal);
    }
  }

  /** The wavelet, if the user may see it now. */
  CompletionStage<TrackedCopy> visible(ParticipantId user, WaveletName wavelet) {
    return knownTo(user, wavelet)
        .thenApply(
            now -> {
              if (!now.state().hasParticipant(user)) {
                throw noSuchWavelet(user, wavelet);
              }
              return now;
            });
  }

  /** The wavelet, if someone of the user's domain sees it or has seen it. */
  CompletionStage<TrackedCopy> knownTo(ParticipantId user, WaveletName wavelet) {
    return wavelets
        .find(wavelet)
        .thenApply(
            found ->
                found
                    .map(OpenWavelet::durable)
                    .filter(now -> now.membership().until(user.domain()) > 0)
                    .orElseThrow(() -> noSuchWavelet(user, wavelet)));
  }

  private static WaveException noSuchWavelet(ParticipantId user, WaveletName wavelet) {
    return Refusals.refuse(
        Reason.NO_SUCH_WAVELET,
        "there is no wavelet " + wavelet + ", or " + user + " is not in it");
  }
}
