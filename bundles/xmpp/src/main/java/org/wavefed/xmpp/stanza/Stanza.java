// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.Optional;
import org.wavefed.transport.FailureReason;

/** A stanza in typed form. */
public record Stanza(StanzaHeader header, Payload payload) {
  /** The successful answer to an iq. */
  public Stanza result(Payload answer) {
    return new Stanza(header.answer(Optional.of("result")), answer);
  }

  /** The receipt for a message. */
  public Stanza receipt() {
    return new Stanza(header.answer(Optional.empty()), new Payload.Receipt(Optional.empty()));
  }

  /** The error that answers this. */
  public Stanza failure(FailureReason reason, String text) {
    return StanzaErrors.answer(header, reason, text);
  }
}
