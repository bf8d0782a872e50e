// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.wavefed.transport.s2s.establish.Journal;
import org.wavefed.xmpp.stream.Negotiation;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.stream.StreamFailure.Kind;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;
import org.wavefed.xmpp.xml.StreamHeader;

/** The receiving side of a stream between servers. */
final class IncomingNegotiation implements Negotiation {
  private static final int DIALBACK_TRIES = 3;
  private static final String TLS_REQUIRED = "TLS is required (tls.required)";
  private static final String STARTTLS = "<starttls xmlns='" + StreamXml.TLS + "'>";
  private static final String EXTERNAL =
      "<mechanisms xmlns='" + StreamXml.SASL + "'><mechanism>EXTERNAL</mechanism></mechanisms>";
  private static final String BIDI = "<bidi xmlns='" + StreamXml.BIDI_FEATURE + "'/>";
  private static final String DIALBACK =
      "<dialback xmlns='" + StreamXml.DIALBACK_FEATURE + "'><errors/></dialback>";

  /** Asks the server of a domain whether a dialback key is its own. */
  interface Authority {
    /**
     * Completes normally if so.
     *
     * @param pair from the one who shows the key to us
     */
    CompletableFuture<Void> verify(Pair pair, String id, String key);
  }

  /** What the receiving side knows. */
  record Place(Predicate<String> hosts, PeerPolicy policy, DialbackKeys keys, Authority authority) {
    /** What somebody is told who asks whether a dialback key is ours. */
    Element answer(Element verify) {
      return keys.answer(verify, hosts);
    }
  }

  private final Place place;
  private final Security security;
  private final Supplier<String> ids;
  private final Consumer<List<Step>> resume;
  private String id = "";
  private Pair pair = new Pair("", "");
  private Optional<String> distrust = Optional.of("");
  private boolean authenticated;
  private boolean answered;
  private boolean bidirectional;
  private boolean askedAboutKey;
  private int dialbackTries;

  /**
   * A negotiation for one connection.
   *
   * @param ids makes stream ids, unpredictable
   * @param resume takes the steps that follow when the authority has answered, on any thread
   */
  IncomingNegotiation(
      Place place, Security security, Supplier<String> ids, Consumer<List<Step>> resume) {
    this.place = place;
    this.security = security;
    this.ids = ids;
    this.resume = resume;
  }

  /** Who was authenticated to speak to whom; meaningful when the negotiation is done. */
  Pair pair() {
    return pair;
  }

  /** Whether the other side takes stanzas of ours on this stream (XEP-0288). */
  boolean isBidirectional() {
    return bidirectional;
  }

  /**
   * Why somebody who left of his own accord was not let in: his certificate. Empty if he showed
   * none, or only asked about a key.
   */
  Optional<String> distrusted() {
    return distrust
        .filter(why -> !why.isEmpty() && !askedAboutKey)
        .map(why -> notAuthenticated(pair.from(), ""));
  }

  @Override
  public String contentNamespace() {
    return StreamXml.SERVER;
  }

  @Override
  public List<Step> connected() {
    return List.of();
  }

  @Override
  public String opening() {
    return answered ? "" : StreamXml.header("", "", ids.get());
  }

  @Override
  public List<Step> opened(StreamHeader header) {
    answered = true;
    // Who restarts a stream may leave out what he said before, as some do.
    String from = StreamXml.address(header, "from").orElse(pair.from());
    String to = StreamXml.address(header, "to").orElse(pair.to());
    id = ids.get();
    Step.Send answer = new Step.Send(StreamXml.header(to, from, id));
    if (!header.contentNamespace().equals(StreamXml.SERVER)) {
      return refuse(answer, from, "invalid-namespace", "this port is for servers");
    } else if (to.isEmpty()) {
      return refuse(answer, from, "improper-addressing", "the stream has no 'to'");
    } else if (!place.hosts().test(to)) {
      return refuse(answer, from, "host-unknown", "there is no " + to + " here");
    } else if (!pair.from().isEmpty() && !pair.equals(new Pair(from, to))) {
      // What was shown or is being verified for one pair must not count for another.
      return refuse(answer, from, "invalid-from", "another stream than before");
    } else if (!header.isVersion1()) {
      return refuse(answer, from, "unsupported-version", "this is XMPP 1.0");
    } else if (from.isEmpty() && security.isEncrypted()) {
      // Until then whoever only looks at our certificate need not say who he is.
      return refuse(answer, from, "improper-addressing", "the stream has no 'from'");
    }
    pair = new Pair(from, to);
    List<Step> steps = new ArrayList<>(List.of(answer, new Step.Send(features())));
    if (authenticated) {
      steps.addAll(done());
    }
    return steps;
  }

  private String features() {
    if (authenticated) {
      return StreamXml.features("");
    } else if (!security.isEncrypted()) {
      String required = place.policy().isTlsRequired() ? "<required/>" : "";
      return StreamXml.features(STARTTLS + required + "</starttls>" + dialbackFeature());
    }
    distrust = place.policy().distrust(security.peerChain(), pair.from());
    String external = distrust.isPresent() ? "" : EXTERNAL;
    return StreamXml.features(external + BIDI + dialbackFeature());
  }

  private String dialbackFeature() {
    return mayDialBack() ? DIALBACK : "";
  }

  private boolean mayDialBack() {
    if (security.isEncrypted() && distrust.isEmpty()) {
      return place.policy().letsDialBack(pair.from());
    }
    return (security.isEncrypted() || !place.policy().isTlsRequired())
        && place.policy().allowsDialback(pair.from());
  }

  private List<Step> done() {
    if (distrust.isEmpty()) {
      place.policy().authenticated(pair.from());
    }
    return List.of(new Step.Done());
  }

  @Override
  public List<Step> received(Element element) {
    if (element.is(StreamXml.TLS, "starttls") && !security.isEncrypted()) {
      answered = false;
      return List.of(
          new Step.Send("<proceed xmlns='" + StreamXml.TLS + "'/>"), new Step.StartTls());
    } else if (element.is(StreamXml.BIDI, "bidi") && security.isEncrypted()) {
      bidirectional = true;
      return List.of();
    } else if (element.is(StreamXml.SASL, "auth") && security.isEncrypted()) {
      return external(element);
    } else if (element.is(StreamXml.DIALBACK, "result")) {
      return dialback(element);
    } else if (element.is(StreamXml.DIALBACK, "verify")) {
      return verify(element);
    }
    return refuse("not-authorized", "<" + element.name() + "> before authentication");
  }

  /** Who requires TLS says nothing about keys without it: anybody could read it, and change it. */
  private List<Step> verify(Element question) {
    askedAboutKey = true;
    if (!security.isEncrypted() && place.policy().isTlsRequired()) {
      Pair asker = Pair.of(question).orElse(pair);
      Element answer =
          StreamXml.dialbackError("verify", asker.reversed(), "policy-violation", TLS_REQUIRED);
      return List.of(
          new Step.Send(StreamXml.write(answer.with("id", question.attribute("id")))),
          new Step.Fail(
              new StreamFailure(
                  Kind.NOT_AUTHORIZED,
                  asker.from() + " was not told about a key: " + TLS_REQUIRED)));
    }
    return List.of(new Step.Send(StreamXml.write(place.answer(question))));
  }

  private List<Step> external(Element auth) {
    if (!auth.attribute("mechanism").filter("EXTERNAL"::equals).isPresent()) {
      return saslFailure("invalid-mechanism");
    } else if (distrust.isPresent() || !isHimself(auth.text().strip())) {
      return saslFailure("not-authorized");
    }
    authenticated = true;
    answered = false;
    return List.of(new Step.Send("<success xmlns='" + StreamXml.SASL + "'/>"), new Step.Restart());
  }

  private boolean isHimself(String authorization) {
    if (authorization.isEmpty() || authorization.equals("=")) {
      return true;
    }
    try {
      String name = new String(Base64.getDecoder().decode(authorization), UTF_8);
      return name.toLowerCase(Locale.ROOT).equals(pair.from());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The stream stays, for dialback; but not for ever. */
  private List<Step> saslFailure(String condition) {
    dialbackTries++;
    Step failure =
        new Step.Send("<failure xmlns='%s'><%s/></failure>".formatted(StreamXml.SASL, condition));
    return dialbackTries < DIALBACK_TRIES
        ? List.of(failure)
        : List.of(failure, refused(pair.from()));
  }

  private List<Step> dialback(Element result) {
    Optional<Pair> asked = Pair.of(result);
    dialbackTries++;
    if (!asked.equals(Optional.of(pair)) || result.attribute("type").isPresent()) {
      return refuse("invalid-from", "dialback is for another pair");
    } else if (!security.isEncrypted() && place.policy().isTlsRequired()) {
      return notDialedBack("policy-violation", TLS_REQUIRED, "");
    } else if (dialbackTries > DIALBACK_TRIES) {
      return notDialedBack("not-authorized", "too many tries", "");
    } else if (!mayDialBack()) {
      String rule = place.policy().noDialback(pair.from());
      return notDialedBack("not-authorized", because(distrust.orElse(""), rule), rule);
    }
    place
        .authority()
        .verify(pair, id, result.text().strip())
        .whenComplete(
            (valid, failure) -> resume.accept(failure == null ? valid() : notVerified(failure)));
    return List.of();
  }

  private List<Step> valid() {
    Element answer = StreamXml.dialback("result", pair.reversed()).with("type", "valid");
    List<Step> steps = new ArrayList<>(List.of(new Step.Send(StreamXml.write(answer))));
    steps.addAll(done());
    return steps;
  }

  /** The other side is not told what we met on our way: it may have sent us anywhere. */
  private List<Step> notVerified(Throwable failure) {
    return notDialedBack(
        "remote-server-not-found",
        "the server of " + pair.from() + " does not confirm the key, or cannot be asked",
        "dialback failed: " + Journal.text(failure));
  }

  /** XEP-0220, 2.5; the stream is of no use to anybody else, and ends. */
  private List<Step> notDialedBack(String condition, String told, String logged) {
    Element answer = StreamXml.dialbackError("result", pair.reversed(), condition, told);
    return List.of(
        new Step.Send(StreamXml.write(answer)),
        refused(pair.from(), logged.isEmpty() ? told : logged));
  }

  private List<Step> refuse(String condition, String text) {
    return List.of(error(condition, text), refused(pair.from(), text));
  }

  private List<Step> refuse(Step answer, String from, String condition, String text) {
    return List.of(answer, error(condition, text), refused(from, text));
  }

  private static Step error(String condition, String text) {
    return new Step.Send(new StreamError(condition, text).toXml());
  }

  private Step refused(String from) {
    return refused(from, "");
  }

  private Step refused(String from, String why) {
    return new Step.Fail(new StreamFailure(Kind.NOT_AUTHORIZED, notAuthenticated(from, why)));
  }

  private String notAuthenticated(String from, String why) {
    String who = from.isEmpty() ? "somebody" : from;
    String all = because(distrust.orElse(""), why);
    return who + " was not authenticated" + (all.isEmpty() ? "" : ": " + all);
  }

  private static String because(String... reasons) {
    return Stream.of(reasons).filter(reason -> !reason.isEmpty()).collect(joining("; "));
  }
}
