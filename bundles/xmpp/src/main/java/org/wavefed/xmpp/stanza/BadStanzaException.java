// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import org.wavefed.transport.FailureReason;

/** A stanza that the protocol does not allow. Never leaves this package. */
final class BadStanzaException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  BadStanzaException(String message) {
    this(FailureReason.BAD_REQUEST, message);
  }

  BadStanzaException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  FailureReason reason() {
    return reason;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
