// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.Optional;
import org.jxmpp.jid.Jid;

/**
 * What stands on a stanza itself.
 *
 * @param kind which stanza
 * @param type the type; absent on messages that have none
 * @param id what an answer repeats
 * @param from who says it
 * @param to to whom
 * @param lang the language of texts in it, as servers on the way add it
 */
public record StanzaHeader(
    Kind kind,
    Optional<String> type,
    Optional<String> id,
    Optional<Jid> from,
    Optional<Jid> to,
    Optional<String> lang) {
  /** The stanzas that wave services use. */
  public enum Kind {
    IQ("iq"),
    MESSAGE("message");

    private final String element;

    Kind(String element) {
      this.element = element;
    }

    /** The name of its XML element. */
    public String element() {
      return element;
    }
  }

  /** A header of our own. */
  public static StanzaHeader of(Kind kind, String type, String id, Jid from, Jid to) {
    return new StanzaHeader(
        kind,
        Optional.of(type),
        Optional.of(id),
        Optional.of(from),
        Optional.of(to),
        Optional.empty());
  }

  /** The header of an answer of that type, or of no type. */
  public StanzaHeader answer(Optional<String> answerType) {
    return new StanzaHeader(kind, answerType, id, to, from, Optional.empty());
  }

  /** Whether this is of the given type. */
  public boolean isType(String someType) {
    return type.filter(someType::equals).isPresent();
  }

  /** Whether the sender waits for an answer to this: only to such may errors be answered. */
  public boolean isRequest() {
    return kind == Kind.IQ ? isType("get") || isType("set") : !isType("error");
  }
}
