// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.xmpp.stream.Negotiation.Step;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;
import org.wavefed.xmpp.xml.StreamHeader;

/** What the receiving side says to those who open a stream: without sockets. */
class IncomingNegotiationTest {
  private static final String HOST = "wave.initech.example";
  private static final String PEER = "wave.acmewave.example";

  private final Security security = new Security();
  private final IncomingNegotiation negotiation =
      new IncomingNegotiation(
          new IncomingNegotiation.Place(
              HOST::equals,
              new PeerPolicy(new PeerPolicy.Rules(true, List.of("*"), true), Optional::empty),
              new DialbackKeys(),
              (pair, id, key) -> new CompletableFuture<>()),
          security,
          () -> "id",
          steps -> {});

  /** Opens a stream; what is said, and whether the stream ends with it. */
  private String open(Map<String, String> attributes) {
    Element header = Element.of(StreamError.STREAMS, "stream");
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      header = header.with(attribute.getKey(), attribute.getValue());
    }
    StringBuilder said = new StringBuilder();
    for (Step step : negotiation.opened(new StreamHeader(StreamXml.SERVER, header))) {
      said.append(step instanceof Step.Send send ? send.xml() : step);
    }
    return said.toString();
  }

  private void startTls() {
    negotiation.received(Element.of(StreamXml.TLS, "starttls"));
    security.encrypted(List.of(Bytes.copyOf(new byte[] {1})));
  }

  @Test
  void tlsShouldBeOfferedToSomebodyWhoDoesNotSayWhoHeIs() {
    assertThat(open(Map.of("to", HOST, "version", "1.0")))
        .contains("<starttls ", " from='" + HOST + "'")
        .doesNotContain("stream:error", " to=");
  }

  @Test
  void streamShouldEndWhenNobodySaysWhoHeIsAfterTls() {
    open(Map.of("to", HOST, "version", "1.0"));
    startTls();
    assertThat(open(Map.of("to", HOST, "version", "1.0")))
        .contains("<improper-addressing ", "the stream has no &apos;from&apos;");
  }

  @Test
  void streamShouldBeForThoseOfBeforeWhenTheyAreNotNamedAgain() {
    open(Map.of("from", PEER, "to", HOST, "version", "1.0"));
    startTls();
    assertThat(open(Map.of("version", "1.0")))
        .contains(" from='" + HOST + "' to='" + PEER + "'", "<dialback ")
        .doesNotContain("stream:error");
    assertThat(negotiation.pair()).isEqualTo(new Pair(PEER, HOST));
  }

  @Test
  void streamShouldEndWhenItIsForOthersThanBefore() {
    open(Map.of("from", PEER, "to", HOST, "version", "1.0"));
    startTls();
    assertThat(open(Map.of("from", "evil.example", "to", HOST, "version", "1.0")))
        .contains("<invalid-from ");
  }

  /** RFC 6120, 5.3.1; XEP-0220, 2.5. */
  @Test
  void keyShouldNotBeSpokenOfWithoutTlsWhereThatIsRequired() {
    Element question =
        StreamXml.dialback("verify", new Pair(PEER, HOST)).with("id", "i").withText("key");
    open(Map.of("from", PEER, "to", HOST, "version", "1.0"));
    assertThat(negotiation.received(question))
        .hasSize(2)
        .satisfies(
            steps ->
                assertThat(steps.get(0).toString())
                    .contains("<db:verify ", "type='error'", "id='i'", "<policy-violation "),
            steps ->
                assertThat(steps.get(1).toString())
                    .contains(PEER + " was not told about a key: TLS is required (tls.required)"));
  }

  @Test
  void keyShouldBeSpokenOfWithTls() {
    open(Map.of("from", PEER, "to", HOST, "version", "1.0"));
    startTls();
    assertThat(negotiation.received(StreamXml.dialback("verify", new Pair(PEER, HOST))))
        .singleElement()
        .asString()
        .contains("<db:verify ", "type='invalid'");
  }

  @Test
  void streamShouldEndWithTheErrorThatSaysWhatIsWrongWithItsHeader() {
    assertThat(open(Map.of("from", PEER, "version", "1.0"))).contains("<improper-addressing ");
    assertThat(open(Map.of("from", PEER, "to", "nobody.example", "version", "1.0")))
        .contains("<host-unknown ");
    assertThat(open(Map.of("from", PEER, "to", HOST))).contains("<unsupported-version ");
    assertThat(open(Map.of("from", PEER, "to", HOST, "version", "2.0")))
        .contains("<unsupported-version ");
  }
}
