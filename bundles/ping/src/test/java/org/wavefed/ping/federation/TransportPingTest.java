// SPDX-License-Identifier: Apache-2.0
package org.wavefed.ping.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.wavefed.federation.PeerTransports;
import org.wavefed.ping.PingResult;
import org.wavefed.ping.PingResult.Answered;
import org.wavefed.ping.PingResult.Failed;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;

class TransportPingTest {
  private static final String OURS = "acmewave.example";
  private static final String PEER = "initech.example";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private final TransportPing service = new TransportPing();

  @Test
  void pingShouldSayWhatIsMissingWhenThereIsNoTransport() throws Exception {
    Failed failed = (Failed) ping("acmewave.example", "initech.example");
    assertThat(failed.reason()).isEqualTo(FailureReason.NOT_CONNECTED);
    assertThat(failed.message()).contains("no federation transport is running");
  }

  @Test
  void pingShouldNameTheDomainWhenNoTransportServesIt() throws Exception {
    service.addTransport(new FakeTransport("acmewave.example"), Map.of());
    Failed failed = (Failed) ping("other.example", "initech.example");
    assertThat(failed.reason()).isEqualTo(FailureReason.NOT_CONNECTED);
    assertThat(failed.message()).contains("other.example").contains("fake");
  }

  @Test
  void pingShouldUseTheTransportThatServesTheDomain() throws Exception {
    service.addTransport(new FakeTransport("other.example").failing(), Map.of());
    FakeTransport right = new FakeTransport("acmewave.example");
    service.addTransport(right, Map.of());
    Answered answered = (Answered) ping("acmewave.example", "INITECH.example");
    assertThat(answered.address()).isEqualTo("wave.initech.example");
    assertThat(answered.transport()).isEqualTo("fake");
    assertThat(right.pinged()).hasToString("[acmewave.example -> initech.example]");
  }

  @Test
  void pingShouldTakeTheDefaultDomainFromTheServiceProperty() throws Exception {
    FakeTransport transport = new FakeTransport("acmewave.example");
    service.addTransport(transport, Map.of("domain", List.of("down.example", "acmewave.example")));
    assertThat(ping("", "initech.example")).isInstanceOf(Answered.class);
    assertThat(transport.pinged()).hasToString("[acmewave.example -> initech.example]");
  }

  @Test
  void pingShouldNotUseATransportThatIsGone() throws Exception {
    FakeTransport transport = new FakeTransport("acmewave.example");
    service.addTransport(transport, Map.of());
    service.removeTransport(transport);
    assertThat(ping("acmewave.example", "initech.example")).isInstanceOf(Failed.class);
  }

  @Test
  void pingShouldTimeDiscoveryApartFromTheRoundTrip() throws Exception {
    FakeTransport transport = new FakeTransport("acmewave.example").answeringByHand();
    service.addTransport(transport, Map.of());
    CompletionStage<PingResult> result =
        service.ping("acmewave.example", "initech.example", TIMEOUT);
    long start = System.nanoTime();
    transport.discovery().complete("wave.initech.example");
    transport.answer().complete(null);
    long here = System.nanoTime() - start;
    Answered answered = (Answered) get(result);
    assertThat(answered.discovery()).isPositive();
    assertThat(answered.roundTrip()).isPositive().isLessThanOrEqualTo(Duration.ofNanos(here));
  }

  @Test
  void pingShouldPassOnWhereItFailed() throws Exception {
    FakeTransport transport = new FakeTransport("acmewave.example").answeringByHand();
    service.addTransport(transport, Map.of());
    CompletionStage<PingResult> result =
        service.ping("acmewave.example", "nobody.example", TIMEOUT);
    transport
        .discovery()
        .completeExceptionally(
            new FederationException(FailureReason.NO_SUCH_DOMAIN, "no such domain"));
    Failed failed = (Failed) get(result);
    assertThat(failed.reason()).isEqualTo(FailureReason.NO_SUCH_DOMAIN);
    assertThat(failed.message()).isEqualTo("no such domain");
  }

  @Test
  void pingShouldEndInTimeWhenTheTransportBreaksItsPromise() throws Exception {
    service.addTransport(
        new FakeTransport("acmewave.example").answeringByHand(), Map.of("domain", "x.example"));
    Failed failed =
        (Failed) get(service.ping("acmewave.example", "slow.example", Duration.ofMillis(20)));
    assertThat(failed.reason()).isEqualTo(FailureReason.TIMED_OUT);
    assertThat(failed.message()).isEqualTo("slow.example did not answer within 20 ms");
  }

  @Test
  void pingShouldNotThrowWhenTheTransportThrows() throws Exception {
    service.addTransport(new FakeTransport("acmewave.example").failing(), Map.of());
    Failed failed = (Failed) ping("acmewave.example", "initech.example");
    assertThat(failed.reason()).isEqualTo(FailureReason.UNDEFINED_CONDITION);
    assertThat(failed.message()).contains("broken");
  }

  @Test
  void pingShouldPreferTheTransportOfHigherRankingWhoeverCameFirst() throws Exception {
    service.addTransport(new FakeTransport("s2s", OURS), Map.of("service.id", 1L));
    service.addTransport(
        new FakeTransport("component", OURS), Map.of("service.id", 2L, "service.ranking", 10));
    service.addTransport(new FakeTransport("later", OURS), Map.of("service.id", 3L));
    assertThat(over(OURS)).isEqualTo("component");
  }

  @Test
  void pingShouldGoTheWayThatTheServerUses() throws Exception {
    service.addTransport(new FakeTransport("s2s", OURS), Map.of());
    service.addTransport(new FakeTransport("component", OURS), Map.of());
    service.choice =
        new FakeChoice(
            Map.of(), List.of(use(OURS, PEER, "component"), use("other.example", PEER, "s2s")));
    assertThat(over(OURS)).isEqualTo("component");
    service.choice = new FakeChoice(Map.of(), List.of(use(OURS, "other.example", "component")));
    assertThat(over(OURS)).isEqualTo("s2s");
    service.choice = new FakeChoice(Map.of(), List.of(use(OURS, PEER, "gone")));
    assertThat(over(OURS)).isEqualTo("s2s");
  }

  @Test
  void pingShouldGoOverThePinnedTransportAlone() throws Exception {
    FakeTransport component = new FakeTransport("component", OURS);
    service.addTransport(new FakeTransport("s2s", OURS), Map.of());
    service.addTransport(component, Map.of());
    service.choice = new FakeChoice(Map.of(PEER, "component"), List.of());
    assertThat(over(OURS)).isEqualTo("component");

    service.removeTransport(component);
    Failed failed = (Failed) ping(OURS, PEER);
    assertThat(failed.reason()).isEqualTo(FailureReason.NOT_CONNECTED);
    assertThat(failed.message())
        .contains("pinned to the transport component")
        .contains("wave:transports --unpin " + PEER);
  }

  private static PeerTransports.Use use(String local, String peer, String kind) {
    return new PeerTransports.Use(
        local, peer, Optional.of(kind), PeerTransports.Reason.HEARD, List.of());
  }

  /** The transport that a ping to the peer went over; empty if it failed. */
  private String over(String local) throws Exception {
    return ping(local, PEER) instanceof Answered answered ? answered.transport() : "";
  }

  private PingResult ping(String from, String to) throws Exception {
    return get(service.ping(from, to, TIMEOUT));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    CompletableFuture<T> future = stage.toCompletableFuture();
    return future.get(10, TimeUnit.SECONDS);
  }
}
