// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.Optional;
import org.wavefed.transport.FailureReason;

/** A stanza that was read: either it is one of the protocol, or it is refused. */
public sealed interface ParsedStanza {
  /** A stanza of the protocol. */
  record Accepted(Stanza stanza) implements ParsedStanza {}

  /**
   * Something else.
   *
   * @param header the stanza's header, if that could be read
   * @param reason the kind of refusal
   * @param text what is wrong with it
   * @param answer the error to answer with; empty where no answer is allowed or expected
   */
  record Refused(
      Optional<StanzaHeader> header, FailureReason reason, String text, Optional<Stanza> answer)
      implements ParsedStanza {}
}
