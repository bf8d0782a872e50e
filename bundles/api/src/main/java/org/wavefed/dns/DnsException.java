// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A name could not be looked up: nobody knows whether it exists. The message is one line for an
 * operator.
 */
public final class DnsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What happened. */
  public enum Reason {
    /** No nameserver answered in time. */
    TIMED_OUT,
    /** A nameserver answered that it cannot (SERVFAIL, REFUSED). */
    SERVER_FAILURE,
    /** The answer makes no sense: a loop of aliases, wrong names, too much of it. */
    BAD_ANSWER,
    /** The name itself cannot be a domain name. */
    BAD_NAME,
    /** The resolver is not running, or has too much to do. */
    UNAVAILABLE
  }

  private final Reason reason;

  /** A failure, with the exception behind it if there is one. */
  public DnsException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason);
  }

  /** What happened. */
  public Reason reason() {
    return reason;
  }
}
