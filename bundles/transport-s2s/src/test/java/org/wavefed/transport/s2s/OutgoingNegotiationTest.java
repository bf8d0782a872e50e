// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.xmpp.stream.Negotiation.Step;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;
import org.wavefed.xmpp.xml.StreamHeader;

/** What the initiator believes, and what it does not: without sockets. */
class OutgoingNegotiationTest {
  private static final Pair PAIR = new Pair("wave.acmewave.example", "wave.initech.example");
  private static final Element SUCCESS = Element.of(StreamXml.SASL, "success");
  private static final Element VALID =
      StreamXml.dialback("result", PAIR.reversed()).with("type", "valid");

  private final Security security = new Security();
  private OutgoingNegotiation negotiation;

  @BeforeEach
  void open() {
    // Without a crypto part no certificate is good.
    PeerPolicy policy =
        new PeerPolicy(new PeerPolicy.Rules(true, List.of("*"), true), Optional::empty);
    negotiation =
        new OutgoingNegotiation(
            PAIR, new OutgoingNegotiation.Goal.Stanzas(), security, policy, new DialbackKeys());
    Element header = Element.of(StreamError.STREAMS, "stream").with("version", "1.0");
    negotiation.opened(new StreamHeader(StreamXml.SERVER, header.with("id", "x")));
  }

  private static Element features(Element... content) {
    return Element.of(StreamError.STREAMS, "features", content);
  }

  private void startTls() {
    negotiation.received(features(Element.of(StreamXml.TLS, "starttls")));
    negotiation.received(Element.of(StreamXml.TLS, "proceed"));
    security.encrypted(List.of(Bytes.copyOf(new byte[] {1})));
  }

  private static void assertFailed(List<Step> steps) {
    assertThat(steps).hasSize(1).first().isInstanceOf(Step.Fail.class);
  }

  @Test
  void successShouldNotBeBelievedWhenNobodyAskedForIt() {
    assertFailed(negotiation.received(SUCCESS));
    startTls();
    assertFailed(negotiation.received(SUCCESS));
  }

  @Test
  void dialbackResultShouldNotBeBelievedWhenNobodyAskedForIt() {
    assertFailed(negotiation.received(VALID));
    startTls();
    assertFailed(negotiation.received(VALID));
  }

  @Test
  void dialbackResultShouldNotBeBelievedWhenItIsForAnotherPair() {
    startTls();
    assertThat(negotiation.received(features()).toString()).contains("<db:result");
    assertFailed(negotiation.received(VALID.with("from", "wave.evil.example")));
  }

  @Test
  void dialbackResultShouldBeBelievedWhenItIsTheAnswer() {
    startTls();
    negotiation.received(features());
    assertThat(negotiation.received(VALID)).containsExactly(new Step.Done());
    assertThat(negotiation.isBidirectional()).isFalse();
  }

  @Test
  void bidiShouldBeAskedForBeforeAuthenticationWhenItIsOffered() {
    startTls();
    String steps =
        negotiation.received(features(Element.of(StreamXml.BIDI_FEATURE, "bidi"))).toString();
    assertThat(steps).containsSubsequence("urn:xmpp:bidi", "<db:result");
    assertThat(negotiation.isBidirectional()).isTrue();
  }
}
