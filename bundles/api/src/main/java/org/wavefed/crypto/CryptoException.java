// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something could not be signed or does not verify. The message is one line for an operator. */
public final class CryptoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** We have no signing key for the domain. */
    NO_KEY,
    /** The signer is not in the store: ask the host of the wavelet for it. */
    UNKNOWN_SIGNER,
    /** The certificates cannot be parsed, or the chain is empty or too long. */
    BAD_CERTIFICATE,
    /** No path to a trust root, or a certificate is not valid at this time. */
    UNTRUSTED,
    /** The certificate is for another domain. */
    WRONG_DOMAIN,
    /** Signatures are missing, too many, in the wrong order, or do not match the bytes. */
    BAD_SIGNATURE
  }

  private final Reason reason;
  private final @Nullable SignerId signer;

  /** A failure that concerns no particular signer. */
  public CryptoException(Reason reason, String message) {
    this(reason, message, null, null);
  }

  /** A failure of one signer, or caused by another exception. */
  public CryptoException(
      Reason reason, String message, @Nullable SignerId signer, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason);
    this.signer = signer;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }

  /** The signer that it is about; always there for {@link Reason#UNKNOWN_SIGNER}. */
  public Optional<SignerId> signer() {
    return Optional.ofNullable(signer);
  }
}
