// SPDX-License-Identifier: Apache-2.0
package org.wavefed.wave;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Something that a user asked for was not done. Nothing of it happened, unless the reason is {@link
 * Reason#HOST_SILENT}. The message is one line for the user: what was wrong and what to do.
 */
public final class WaveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The user is not of a domain of this server. */
    FOREIGN_USER,
    /** There is no such wavelet, or the user may not see it. */
    NO_SUCH_WAVELET,
    /** There is no such version of it. */
    NO_SUCH_VERSION,
    /** The operations do not fit the wavelet, or break the protocol. */
    INVALID_OPERATION,
    /** The user may read but not do this. */
    NOT_ALLOWED,
    /** The wavelet's host refused. */
    HOST_REFUSED,
    /** The wavelet's host cannot be reached: not accepted. */
    HOST_UNREACHABLE,
    /** The wavelet's host did not answer in time: perhaps accepted; submitting again is safe. */
    HOST_SILENT,
    /** This server cannot do it now: a part is missing, the disk is full, too much at once. */
    UNAVAILABLE,
    /** This server's copy of the wavelet is damaged or contradicts its host. */
    QUARANTINED
  }

  private final Reason reason;

  /** A refusal, with the exception behind it if there is one. */
  public WaveException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
