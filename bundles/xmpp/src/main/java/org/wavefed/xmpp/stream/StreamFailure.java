// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stream;

/**
 * Why a stream ended.
 *
 * @param kind what to do about it
 * @param message one line for an operator
 */
public record StreamFailure(Kind kind, String message) {
  /** Kinds of ends. */
  public enum Kind {
    /** The other side does not accept our credentials: somebody must change the configuration. */
    NOT_AUTHORIZED,
    /** The other side refuses the stream for another reason that is likely to stay. */
    REFUSED,
    /** The other side broke the protocol. */
    PROTOCOL,
    /** Nothing came in time. */
    TIMED_OUT,
    /** The stream or its connection was closed. */
    CLOSED
  }
}
