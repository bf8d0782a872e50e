// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wavefed.xmpp.endpoint.FederationEndpointTest.WAVE_INFO;
import static org.wavefed.xmpp.endpoint.FederationEndpointTest.failure;
import static org.wavefed.xmpp.endpoint.FederationEndpointTest.items;
import static org.wavefed.xmpp.endpoint.FederationEndpointTest.jid;
import static org.wavefed.xmpp.endpoint.FederationEndpointTest.parse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wavefed.transport.FailureReason;
import org.wavefed.xmpp.stanza.StanzaCodec;
import org.wavefed.xmpp.xml.Element;

/** Two endpoints of wave.a.example in one server: the one asks b.example, who answers the other. */
class OpenCallsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String RECEIPT = "<received xmlns='urn:xmpp:receipts'/>";
  private static final String REFUSAL =
      "<error type='cancel'><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";

  private final ManualTimers timers = new ManualTimers();
  private final List<Element> sent = new ArrayList<>();
  private final OpenCalls calls = new OpenCalls();
  private final FederationEndpoint asking = endpoint("a.example");
  private final FederationEndpoint other = endpoint("a.example");

  private FederationEndpoint endpoint(String domain) {
    return new FederationEndpoint(
        new EndpointSettings(
            "test", domain, jid("wave." + domain), "google-wave", 64, 3, 2, Duration.ofSeconds(10)),
        calls,
        stanza -> sent.add(StanzaCodec.write(stanza)),
        timers,
        Optional::empty);
  }

  /** The peer, or somebody else, answers what was sent last. */
  private void answer(FederationEndpoint where, String from, String type, String content) {
    Element asked = sent.get(sent.size() - 1);
    where.received(
        parse(
            "<%s id='%s' from='%s' to='wave.a.example' type='%s'>%s</%1$s>"
                .formatted(
                    asked.name(), asked.attribute("id").orElseThrow(), from, type, content)));
  }

  private CompletableFuture<Void> pingOnItsWay() {
    CompletableFuture<Void> ping = asking.ping("b.example", TIMEOUT);
    answer(other, "b.example", "result", items("wave.b.example"));
    answer(other, "wave.b.example", "result", WAVE_INFO);
    return ping;
  }

  @Test
  void callShouldBeAnsweredWhenTheAnswerComesToAnotherEndpointOfItsAddress() {
    CompletableFuture<Void> ping = pingOnItsWay();
    answer(other, "wave.b.example", "normal", RECEIPT);
    assertThat(ping).isCompleted();
    assertThat(timers.waiting()).isZero();
  }

  @Test
  void callShouldFailWhenAnErrorComesToAnotherEndpointOfItsAddress() {
    CompletableFuture<Void> ping = pingOnItsWay();
    answer(other, "wave.b.example", "error", REFUSAL);
    assertThat(failure(ping).reason()).isEqualTo(FailureReason.NOT_AUTHORIZED);
  }

  @Test
  void answerShouldCountFromWhomWasAskedAndAtWhoAskedOnly() {
    CompletableFuture<Void> ping = pingOnItsWay();
    answer(other, "wave.evil.example", "normal", RECEIPT);
    answer(other, "b.example", "error", REFUSAL);
    answer(endpoint("c.example"), "wave.b.example", "normal", RECEIPT);
    assertThat(ping).isNotDone();
    answer(asking, "wave.b.example", "normal", RECEIPT);
    assertThat(ping).isCompleted();
  }

  @Test
  void callsShouldFailWhenTheirOwnEndpointIsDisconnectedAndNoOther() {
    CompletableFuture<Void> ping = pingOnItsWay();
    other.disconnected("test");
    assertThat(other.finish()).isCompleted();
    assertThat(ping).isNotDone();
    asking.disconnected("test");
    assertThat(failure(ping).reason()).isEqualTo(FailureReason.NOT_CONNECTED);
  }
}
