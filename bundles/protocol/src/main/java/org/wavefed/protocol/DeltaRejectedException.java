// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A delta that cannot become part of a wavelet. The message says why in one line. */
public final class DeltaRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a delta is rejected. */
  public enum Reason {
    /** It has no operation. */
    EMPTY,
    /** It targets a version that is ahead of the wavelet, or within an earlier delta. */
    UNKNOWN_VERSION,
    /** It names a version of the wavelet with another history hash. */
    HASH_MISMATCH,
    /** An operation is ill-formed or does not fit the wavelet. */
    INVALID_OPERATION,
    /** A concurrent delta makes it impossible. */
    CONFLICT,
    /** A concurrent delta removed its author. */
    REMOVED_AUTHOR,
    /** It was applied at a version that this copy has not reached: fetch what is between. */
    GAP,
    /** Its host's account of it cannot be reproduced: the copies differ. */
    DIVERGED
  }

  private final Reason reason;

  /**
   * @param reason why
   * @param message the same for people; made one line of limited length
   */
  public DeltaRejectedException(Reason reason, String message) {
    this(reason, message, null);
  }

  /**
   * @param reason why
   * @param message the same for people; made one line of limited length
   * @param cause what the model said
   */
  public DeltaRejectedException(Reason reason, String message, @Nullable Throwable cause) {
    super(OneLine.of(message), cause);
    this.reason = requireNonNull(reason);
  }

  /** Why the delta is rejected. */
  public Reason reason() {
    return reason;
  }
}
