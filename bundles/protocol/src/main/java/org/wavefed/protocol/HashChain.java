// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;

/** The hash of a wavelet's history ({@code docs/protocol.md}, Versions and hashes). */
public final class HashChain {
  /** How many bytes of a SHA-256 make a history hash. */
  public static final int HASH_BYTES = 20;

  private HashChain() {}

  /** Version 0: its hash is the UTF-8 of the wavelet's URI. */
  public static HashedVersion versionZero(WaveletName wavelet) {
    return new HashedVersion(0, Bytes.wrap(wavelet.toUri().getBytes(UTF_8)));
  }

  /**
   * The version after a delta.
   *
   * @param appliedAt the version before it
   * @param applied the exact bytes of the ProtocolAppliedWaveletDelta
   * @param operations how many operations it has
   */
  public static HashedVersion next(HashedVersion appliedAt, Bytes applied, int operations) {
    MessageDigest sha256 = sha256();
    sha256.update(appliedAt.historyHash().shared());
    byte[] digest = sha256.digest(applied.shared());
    return new HashedVersion(
        appliedAt.version() + operations, Bytes.wrap(Arrays.copyOf(digest, HASH_BYTES)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
