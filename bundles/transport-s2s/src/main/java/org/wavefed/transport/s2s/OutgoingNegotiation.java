// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.wavefed.xmpp.stream.Negotiation;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.stream.StreamFailure.Kind;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;
import org.wavefed.xmpp.xml.StreamHeader;

/**
 * The initiator's side of a stream between servers: TLS, then SASL EXTERNAL, or dialback if one of
 * the two certificates does not do and the policy lets it.
 */
final class OutgoingNegotiation implements Negotiation {
  /** What the stream is for. */
  sealed interface Goal {
    /** To send stanzas. */
    record Stanzas() implements Goal {}

    /** To ask whether a dialback key is the other's own. */
    record Verify(String id, String key) implements Goal {}
  }

  private final Pair pair;
  private final Goal goal;
  private final Security security;
  private final PeerPolicy policy;
  private final DialbackKeys keys;
  private String streamId = "";
  private String distrust = "";
  private boolean authenticated;

  OutgoingNegotiation(
      Pair pair, Goal goal, Security security, PeerPolicy policy, DialbackKeys keys) {
    this.pair = pair;
    this.goal = goal;
    this.security = security;
    this.policy = policy;
    this.keys = keys;
  }

  @Override
  public String contentNamespace() {
    return StreamXml.SERVER;
  }

  @Override
  public List<Step> connected() {
    return List.of(new Step.Send(StreamXml.header(pair)));
  }

  @Override
  public List<Step> opened(StreamHeader header) {
    streamId = header.id().orElse("");
    if (!header.contentNamespace().equals(StreamXml.SERVER)) {
      return fail(Kind.PROTOCOL, "the stream is not one between servers");
    } else if (!header.isVersion1()) {
      return fail(Kind.REFUSED, "its server is older than XMPP 1.0, and has no TLS");
    }
    return List.of();
  }

  @Override
  public List<Step> received(Element element) {
    return switch (element.namespace()) {
      case StreamError.STREAMS ->
          element.name().equals("features") ? features(element) : unexpected(element);
      case StreamXml.TLS -> tls(element);
      case StreamXml.SASL -> sasl(element);
      case StreamXml.DIALBACK -> dialback(element);
      default -> unexpected(element);
    };
  }

  private List<Step> features(Element features) {
    if (authenticated) {
      policy.authenticated(pair.to());
      return List.of(new Step.Done());
    } else if (!security.isEncrypted()) {
      return features.child(StreamXml.TLS, "starttls").isPresent()
          ? send(Element.of(StreamXml.TLS, "starttls"))
          : withoutTls();
    } else if (goal instanceof Goal.Verify verify) {
      return verify(verify);
    }
    Optional<String> why = policy.distrust(security.peerChain(), pair.to());
    distrust = why.orElse("");
    if (why.isPresent()) {
      return dialbackOr(why.get());
    }
    return mechanisms(features).anyMatch("EXTERNAL"::equals)
        ? send(Element.of(StreamXml.SASL, "auth").with("mechanism", "EXTERNAL").withText("="))
        : dialbackOr("it does not accept our certificate (SASL EXTERNAL is not offered)");
  }

  private static Stream<String> mechanisms(Element features) {
    return features
        .children(StreamXml.SASL, "mechanisms")
        .flatMap(mechanisms -> mechanisms.children(StreamXml.SASL, "mechanism"))
        .map(Element::text);
  }

  private List<Step> withoutTls() {
    if (policy.isTlsRequired()) {
      return fail(Kind.REFUSED, "it offers no TLS, which we require");
    }
    return goal instanceof Goal.Verify verify
        ? verify(verify)
        : dialbackOr("without TLS nobody can show a certificate");
  }

  private List<Step> verify(Goal.Verify verify) {
    return send(StreamXml.dialback("verify", pair).with("id", verify.id()).withText(verify.key()));
  }

  private List<Step> tls(Element element) {
    return element.name().equals("proceed")
        ? List.of(new Step.StartTls())
        : fail(Kind.REFUSED, "it refuses to start TLS");
  }

  private List<Step> sasl(Element element) {
    if (element.name().equals("success")) {
      authenticated = true;
      return List.of(new Step.Restart(), new Step.Send(StreamXml.header(pair)));
    }
    return dialbackOr("it does not accept our certificate (SASL EXTERNAL failed)");
  }

  private List<Step> dialbackOr(String why) {
    if (!policy.allowsDialback(pair.to())) {
      return fail(
          Kind.NOT_AUTHORIZED, why + "; dialback is not allowed for " + pair.to() + " (dialback)");
    }
    return send(StreamXml.dialback("result", pair).withText(keys.key(pair, streamId)));
  }

  private List<Step> dialback(Element element) {
    String type = element.attribute("type").orElse("");
    if (type.equals("valid") && element.name().equals(wanted())) {
      return List.of(new Step.Done());
    }
    String text =
        goal instanceof Goal.Verify ? "the dialback key is not its own" : "dialback failed";
    String before =
        distrust.isEmpty() ? "" : " after its certificate was not accepted: " + distrust;
    return fail(Kind.NOT_AUTHORIZED, text + " (" + type + ")" + before);
  }

  private String wanted() {
    return goal instanceof Goal.Verify ? "verify" : "result";
  }

  private List<Step> unexpected(Element element) {
    return fail(Kind.PROTOCOL, "it sent <" + element.name() + "> before we were authenticated");
  }

  private static List<Step> send(Element element) {
    return List.of(new Step.Send(StreamXml.write(element)));
  }

  private static List<Step> fail(Kind kind, String message) {
    return List.of(new Step.Fail(new StreamFailure(kind, message)));
  }
}
