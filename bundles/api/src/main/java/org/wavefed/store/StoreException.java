// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A store could not do what was asked. The message is one line for an operator. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What happened. */
  public enum Reason {
    /** The wavelet's log does not end where the caller expected. */
    CONFLICT,
    /** There is no delta boundary at that version. */
    NOT_FOUND,
    /** Nothing can be read or written now: disk full, store closed, I/O error. Try later. */
    UNAVAILABLE,
    /** What was read is damaged; the message names the place. */
    CORRUPT
  }

  private final Reason reason;

  /** A failure, with the exception behind it if there is one. */
  public StoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason);
  }

  /** What happened. */
  public Reason reason() {
    return reason;
  }
}
