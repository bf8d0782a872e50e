// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.user;

import java.security.SecureRandom;
import java.util.Base64;
import org.wavefed.model.id.WaveId;
import org.wavefed.model.id.WaveletId;
import org.wavefed.model.id.WaveletName;

/** Makes ids that nobody has used and nobody can guess. Thread-safe. */
final class NewIds {
  /** 9 bytes make 12 characters. */
  private static final int BYTES = 9;

  private final SecureRandom random = new SecureRandom();

  /** A conversation wavelet of a new wave. */
  WaveletName conversation(String domain) {
    return new WaveletName(WaveId.of(domain, "w+" + text()), WaveletId.of(domain, "conv+root"));
  }

  /** A blip. */
  String blip() {
    return "b+" + text();
  }

  private String text() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
