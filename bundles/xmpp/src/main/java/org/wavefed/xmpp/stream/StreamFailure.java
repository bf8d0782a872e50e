// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stream;

import java.util.regex.Pattern;

/**
 * Why a stream ended.
 *
 * @param kind what to do about it
 * @param message one line for an operator, of {@value #MESSAGE_MAX} characters at most: it may
 *     quote the other side, who must not be able to write lines of a log
 */
public record StreamFailure(Kind kind, String message) {
  private static final int MESSAGE_MAX = 500;
  private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+");

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

  public StreamFailure {
    message = oneLine(message);
  }

  private static String oneLine(String text) {
    String cut = text.length() > MESSAGE_MAX ? text.substring(0, MESSAGE_MAX - 3) + "..." : text;
    return NO_TEXT.matcher(cut).replaceAll(" ");
  }
}
