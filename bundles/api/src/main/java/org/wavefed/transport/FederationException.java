// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

import static java.util.Objects.requireNonNull;

/**
 * A federation call failed, or is to be refused. The message is one line for an operator: what was
 * wrong, where, and what to do; on the wire it is the error's text.
 */
public final class FederationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  /** A failure without another exception behind it. */
  public FederationException(FailureReason reason, String message) {
    super(message);
    this.reason = requireNonNull(reason);
  }

  /** A failure caused by another exception. */
  public FederationException(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason);
  }

  /** Why the call failed. */
  public FailureReason reason() {
    return reason;
  }
}
