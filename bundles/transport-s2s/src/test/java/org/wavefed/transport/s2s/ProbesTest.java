// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.s2s.establish.ManualTimers;
import org.wavefed.xmpp.stanza.Namespaces;
import org.wavefed.xmpp.xml.Element;

/** What a probe makes of the answers to its questions: without sockets. */
class ProbesTest {
  private static final String SERVICE = "wave.initech.example";

  private final ManualTimers timers = new ManualTimers();
  private final Map<String, CompletableFuture<Element>> open = Probes.none();
  private final List<Element> asked = new ArrayList<>();
  private final Probes probes =
      new Probes("wave.acmewave.example", timers, (pair, iq) -> asked.add(iq), open);

  /** An answer to disco#info, with a child. */
  private CompletableFuture<Void> answer(String type, Element child) {
    CompletableFuture<Void> service = probes.requireService(SERVICE);
    Element question = asked.get(asked.size() - 1);
    assertThat(question.child(Namespaces.INFO, "query")).isPresent();
    Element answer =
        Element.of(Element.STANZAS, "iq", child)
            .with("type", type)
            .with("id", question.attribute("id"))
            .with("from", SERVICE);
    assertThat(Probes.take(open, answer)).isTrue();
    assertThat(open).isEmpty();
    return service;
  }

  private static Element features(String... features) {
    Element query = Element.of(Namespaces.INFO, "query");
    return query.withChildren(
        List.of(features).stream()
            .map(feature -> Element.of(Namespaces.INFO, "feature").with("var", feature))
            .toList());
  }

  private static void refused(CompletableFuture<Void> service, FailureReason why, String text) {
    assertThat(service)
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            FederationException.class, e -> assertThat(e.reason()).isEqualTo(why))
        .withMessage(text);
  }

  @Test
  void serviceShouldBeOneWhenItsFeaturesSaySo() {
    assertThat(answer("result", features(Namespaces.INFO, Namespaces.WAVE)))
        .succeedsWithin(Duration.ZERO);
  }

  @Test
  void serviceShouldBeNoneWhenItsFeaturesDoNotSaySo() {
    refused(
        answer("result", features(Namespaces.INFO)),
        FailureReason.NO_WAVE_SERVICE,
        "its features lack http://waveprotocol.org/protocol/0.2/waveserver");
  }

  @Test
  void serviceShouldBeNoneWhenItAnswersWithAnError() {
    Element condition = Element.of("urn:ietf:params:xml:ns:xmpp-stanzas", "service-unavailable");
    refused(
        answer("error", Element.of(Element.STANZAS, "error", condition)),
        FailureReason.NO_WAVE_SERVICE,
        "it answers discovery with service-unavailable");
  }

  @Test
  void serviceShouldBeUnknownWhenItDoesNotAnswer() {
    CompletableFuture<Void> service = probes.requireService(SERVICE);
    timers.pass(Duration.ofSeconds(10));
    refused(service, FailureReason.TIMED_OUT, "no answer to discovery within 10 s");
  }
}
