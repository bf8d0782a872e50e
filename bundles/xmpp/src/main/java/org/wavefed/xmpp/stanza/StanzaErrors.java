// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.wavefed.transport.FailureReason;
import org.wavefed.xmpp.xml.Element;

/** Stanza errors (RFC 6120, section 8.3; {@code docs/protocol.md}, Errors) and failure reasons. */
final class StanzaErrors {
  private static final String CONDITIONS = StanzaError.ERROR_CONDITION_AND_TEXT_NAMESPACE;

  /** How a reason stands on the wire; the codes are those that the original writes. */
  private record Wire(Condition condition, int code, StanzaError.Type type) {}

  private StanzaErrors() {}

  /** The answer to a stanza with that header. */
  static Stanza answer(StanzaHeader header, FailureReason reason, String text) {
    Wire wire = wire(reason);
    Element words = Element.of(CONDITIONS, "text").with("xml:lang", "en").withText(text);
    Element error =
        Element.of(
                Element.STANZAS,
                "error",
                Element.of(CONDITIONS, wire.condition().toString()),
                words)
            .with("code", Integer.toString(wire.code()))
            .with("type", wire.type().toString());
    return new Stanza(header.answer(Optional.of("error")), new Payload.Failure(error, List.of()));
  }

  /** The text of an error, or its condition. */
  static String text(Element error) {
    return error
        .child(CONDITIONS, "text")
        .map(Element::text)
        .filter(text -> !text.isBlank())
        .orElseGet(() -> condition(error));
  }

  /** What an error means to a caller. */
  static FailureReason reason(Element error) {
    return switch (condition(error)) {
      case "bad-request", "jid-malformed" -> FailureReason.BAD_REQUEST;
      case "item-not-found" -> FailureReason.ITEM_NOT_FOUND;
      case "not-acceptable" -> FailureReason.NOT_ACCEPTABLE;
      case "not-authorized", "forbidden", "not-allowed" -> FailureReason.NOT_AUTHORIZED;
      case "resource-constraint" -> FailureReason.RESOURCE_CONSTRAINT;
      case "internal-server-error" -> FailureReason.INTERNAL_SERVER_ERROR;
      case "remote-server-timeout" -> FailureReason.REMOTE_SERVER_TIMEOUT;
      case "unexpected-request", "conflict" -> FailureReason.UNEXPECTED_REQUEST;
      case "remote-server-not-found" -> unreachable(text(error).toLowerCase(Locale.ROOT));
      case "service-unavailable", "feature-not-implemented", "policy-violation" ->
          FailureReason.REFUSED;
      case "recipient-unavailable", "gone", "redirect" -> FailureReason.REFUSED;
      default -> FailureReason.UNDEFINED_CONDITION;
    };
  }

  /**
   * XMPP servers answer remote-server-not-found whether a domain does not exist or its server does
   * not let them in; only the text tells (Prosody: {@code NXDomain in A lookup}, {@code connection
   * refused}).
   */
  private static FailureReason unreachable(String text) {
    if (text.contains("refused") || text.contains("unreachable") || text.contains("no route")) {
      return FailureReason.REFUSED;
    }
    return text.contains("timeout") || text.contains("timed out")
        ? FailureReason.TIMED_OUT
        : FailureReason.NO_SUCH_DOMAIN;
  }

  /** The defined condition of an error. */
  static String condition(Element error) {
    return error.children().stream()
        .filter(child -> child.namespace().equals(CONDITIONS) && !child.name().equals("text"))
        .findFirst()
        .map(Element::name)
        .orElse("undefined-condition");
  }

  private static Wire wire(FailureReason reason) {
    return switch (reason) {
      case BAD_REQUEST -> new Wire(Condition.bad_request, 400, StanzaError.Type.MODIFY);
      case ITEM_NOT_FOUND -> new Wire(Condition.item_not_found, 404, StanzaError.Type.CANCEL);
      case NOT_ACCEPTABLE -> new Wire(Condition.not_acceptable, 406, StanzaError.Type.MODIFY);
      case NOT_AUTHORIZED -> new Wire(Condition.not_authorized, 401, StanzaError.Type.AUTH);
      case RESOURCE_CONSTRAINT, OVERLOADED ->
          new Wire(Condition.resource_constraint, 500, StanzaError.Type.WAIT);
      case UNDEFINED_CONDITION ->
          new Wire(Condition.undefined_condition, 500, StanzaError.Type.WAIT);
      case INTERNAL_SERVER_ERROR, NOT_CONNECTED ->
          new Wire(Condition.internal_server_error, 500, StanzaError.Type.WAIT);
      case REMOTE_SERVER_TIMEOUT, TIMED_OUT ->
          new Wire(Condition.remote_server_timeout, 504, StanzaError.Type.WAIT);
      case UNEXPECTED_REQUEST -> new Wire(Condition.unexpected_request, 400, StanzaError.Type.WAIT);
      case NO_SUCH_DOMAIN ->
          new Wire(Condition.remote_server_not_found, 404, StanzaError.Type.CANCEL);
      case NO_WAVE_SERVICE, REFUSED ->
          new Wire(Condition.service_unavailable, 503, StanzaError.Type.CANCEL);
    };
  }
}
