// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.shell.Waiting;
import org.wavefed.wave.Submitted;
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
      Waiting waiting)
      throws InterruptedException {
    return waiting.await(
        waves.submit(user, wavelet, snapshot.version(), operations), "the host of " + wavelet);
  }

  /** An id that nobody else takes: eight letters of 48 random bits. */
  static String newId(String prefix) {
    byte[] random = new byte[6];
    RANDOM.nextBytes(random);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
