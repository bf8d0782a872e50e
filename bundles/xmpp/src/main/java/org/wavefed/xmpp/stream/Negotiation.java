// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stream;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamHeader;

/**
 * How a fresh connection becomes an authenticated stream: a state machine that is told what came
 * and says what to do, step by step. Used for one connection by one thread. Stream errors and
 * time-outs are handled by {@link XmppStream}.
 */
@ConsumerType
public interface Negotiation {
  /** What to do. */
  sealed interface Step {
    /** Send this text. */
    record Send(String xml) implements Step {}

    /** Start TLS on the connection; what comes then is a new stream. */
    record StartTls() implements Step {}

    /** What comes from the other side now is a new stream. */
    record Restart() implements Step {}

    /** The other side is authenticated, stanzas may flow. */
    record Done() implements Step {}

    /** It cannot be done; the stream is closed. */
    record Fail(StreamFailure failure) implements Step {}
  }

  /** The default namespace of the stream. */
  String contentNamespace();

  /** The connection is there, or there again after TLS was started. */
  List<Step> connected();

  /**
   * What opens our side of the stream, if that is not sent yet and the stream has to end: an error
   * may only stand inside a stream (RFC 6120, 4.9.1.2). Empty if it is sent.
   */
  default String opening() {
    return "";
  }

  /** The other side opened its stream. */
  List<Step> opened(StreamHeader header);

  /** An element came that belongs to the negotiation. */
  List<Step> received(Element element);
}
