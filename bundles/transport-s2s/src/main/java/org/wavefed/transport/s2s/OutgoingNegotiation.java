// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.ArrayList;
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

  /** What only counts as an answer: said unasked it would let anybody in. */
  private enum Awaited {
    FEATURES,
    TLS,
    SASL,
    DIALBACK
  }

  private final Pair pair;
  private final Goal goal;
  private final Security security;
  private final PeerPolicy policy;
  private final DialbackKeys keys;
  private Awaited awaited = Awaited.FEATURES;
  private String streamId = "";
  private String distrust = "";
  private boolean authenticated;
  private boolean trusted;
  private boolean bidirectional;

  OutgoingNegotiation(
      Pair pair, Goal goal, Security security, PeerPolicy policy, DialbackKeys keys) {
    this.pair = pair;
    this.goal = goal;
    this.security = security;
    this.policy = policy;
    this.keys = keys;
  }

  /** Whether the other side may send stanzas on this stream too (XEP-0288). */
  boolean isBidirectional() {
    return bidirectional;
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
    boolean isAnswer =
        switch (awaited) {
          case FEATURES -> element.is(StreamError.STREAMS, "features");
          case TLS -> element.namespace().equals(StreamXml.TLS);
          case SASL -> element.namespace().equals(StreamXml.SASL);
          case DIALBACK -> isAnswer(element);
        };
    return isAnswer ? answered(element) : unexpected(element);
  }

  private boolean isAnswer(Element element) {
    return element.is(StreamXml.DIALBACK, goal instanceof Goal.Verify ? "verify" : "result")
        && Pair.of(element).filter(pair.reversed()::equals).isPresent();
  }

  private List<Step> answered(Element element) {
    return switch (awaited) {
      case FEATURES -> features(element);
      case TLS -> tls(element);
      case SASL -> sasl(element);
      case DIALBACK -> dialback(element);
    };
  }

  private List<Step> features(Element features) {
    if (authenticated) {
      return done();
    } else if (!security.isEncrypted()) {
      return features.child(StreamXml.TLS, "starttls").isPresent()
          ? ask(Awaited.TLS, Element.of(StreamXml.TLS, "starttls"))
          : withoutTls();
    } else if (goal instanceof Goal.Verify verify) {
      return verify(verify);
    }
    Optional<String> why = policy.distrust(security.peerChain(), pair.to());
    distrust = why.orElse("");
    trusted = why.isEmpty();
    List<Step> steps = new ArrayList<>(bidi(features));
    steps.addAll(authentication(features));
    return steps;
  }

  /** Asked for before authentication, and only of whom we shall know by then. */
  private List<Step> bidi(Element features) {
    bidirectional = features.child(StreamXml.BIDI_FEATURE, "bidi").isPresent();
    return bidirectional ? send(Element.of(StreamXml.BIDI, "bidi")) : List.of();
  }

  private List<Step> authentication(Element features) {
    if (!trusted) {
      return dialbackOr(distrust);
    }
    return mechanisms(features).anyMatch("EXTERNAL"::equals)
        ? ask(
            Awaited.SASL,
            Element.of(StreamXml.SASL, "auth").with("mechanism", "EXTERNAL").withText("="))
        : dialbackOr("it does not accept our certificate (SASL EXTERNAL is not offered)");
  }

  private List<Step> done() {
    if (trusted) {
      policy.authenticated(pair.to());
    }
    return List.of(new Step.Done());
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
    return ask(
        Awaited.DIALBACK,
        StreamXml.dialback("verify", pair).with("id", verify.id()).withText(verify.key()));
  }

  private List<Step> tls(Element element) {
    awaited = Awaited.FEATURES;
    return element.name().equals("proceed")
        ? List.of(new Step.StartTls())
        : fail(Kind.REFUSED, "it refuses to start TLS");
  }

  private List<Step> sasl(Element element) {
    if (element.name().equals("success")) {
      authenticated = true;
      awaited = Awaited.FEATURES;
      return List.of(new Step.Restart(), new Step.Send(StreamXml.header(pair)));
    }
    return dialbackOr("it does not accept our certificate (SASL EXTERNAL failed)");
  }

  private List<Step> dialbackOr(String why) {
    boolean allowed = trusted ? policy.letsDialBack(pair.to()) : policy.allowsDialback(pair.to());
    if (!allowed) {
      return fail(Kind.NOT_AUTHORIZED, why + "; " + policy.noDialback(pair.to()));
    }
    return ask(
        Awaited.DIALBACK, StreamXml.dialback("result", pair).withText(keys.key(pair, streamId)));
  }

  private List<Step> dialback(Element element) {
    if (element.attribute("type").filter("valid"::equals).isPresent()) {
      return done();
    }
    String text = "dialback failed";
    if (goal instanceof Goal.Verify) {
      text =
          element.attribute("type").filter("error"::equals).isPresent()
              ? "it does not say whether the dialback key is its own"
              : "the dialback key is not its own";
    }
    String before =
        distrust.isEmpty() ? "" : " after its certificate was not accepted: " + distrust;
    return fail(Kind.NOT_AUTHORIZED, text + " (" + StreamXml.fault(element) + ")" + before);
  }

  private List<Step> unexpected(Element element) {
    return fail(Kind.PROTOCOL, "it sent <" + element.name() + "> before we were authenticated");
  }

  private List<Step> ask(Awaited answer, Element element) {
    awaited = answer;
    return send(element);
  }

  private static List<Step> send(Element element) {
    return List.of(new Step.Send(StreamXml.write(element)));
  }

  private static List<Step> fail(Kind kind, String message) {
    return List.of(new Step.Fail(new StreamFailure(kind, message)));
  }
}
