// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stream;

import org.wavefed.xmpp.xml.Element;

/** What the adapter of an {@link XmppStream} is to do, in the order given. */
public sealed interface StreamAction {
  /** Write this text, in UTF-8. */
  record Write(String xml) implements StreamAction {}

  /** Start TLS as the client, then call {@link XmppStream#connected} again. */
  record StartTls() implements StreamAction {}

  /** The stream is authenticated: stanzas may be sent from now on. */
  record Established() implements StreamAction {}

  /** Hand this stanza on. */
  record Deliver(Element stanza) implements StreamAction {}

  /**
   * Answer this stanza with an error: it broke a limit.
   *
   * @param envelope the stanza without its content
   * @param fault for the error's text
   */
  record Refuse(Element envelope, String fault) implements StreamAction {}

  /** Close the connection; nothing follows. */
  record Close(StreamFailure failure) implements StreamAction {}
}
