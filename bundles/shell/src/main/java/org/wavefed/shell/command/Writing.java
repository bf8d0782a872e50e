// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Waiting;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;

/** Submits what a command made for a wavelet as it was read just before. */
final class Writing {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Writing() {}

  static Submitted submit(
      WaveService waves,
      ParticipantId user,
      WaveletName wavelet,
      WaveletSnapshot snapshot,
      List<WaveletOperation> operations,
      Waiting waiting) {
    try {
      return waiting.await(
          waves.submit(user, wavelet, snapshot.version(), operations), "the host of " + wavelet);
    } catch (Refusal refusal) {
      throw isUncertain(refusal) ? uncertain(wavelet, refusal) : refusal;
    } catch (InterruptedException e) {
      throw stopped("wave:show", e);
    }
  }

  /**
   * What was asked for and not waited for.
   *
   * @param look the command that shows whether it was done
   */
  static Refusal stopped(String look, InterruptedException e) {
    return new Refusal("stopped; perhaps it was done all the same: look with " + look, e);
  }

  private static boolean isUncertain(Refusal refusal) {
    return refusal.getCause() instanceof WaveException failure
        && failure.reason() == WaveException.Reason.HOST_SILENT;
  }

  /** The same command again would be another change, unlike the same submit again. */
  private static Refusal uncertain(WaveletName wavelet, Refusal refusal) {
    return new Refusal(
        "no answer from "
            + wavelet.host()
            + ", the host of the wave: perhaps it was not accepted; look with wave:show before you"
            + " do it again",
        refusal);
  }

  /** An id that nobody else takes: eight letters of 48 random bits. */
  static String newId(String prefix) {
    byte[] random = new byte[6];
    RANDOM.nextBytes(random);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
