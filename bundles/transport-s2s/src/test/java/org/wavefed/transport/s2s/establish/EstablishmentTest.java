// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.ProbeReport;
import org.wavefed.transport.ProbeStep;
import org.wavefed.transport.ProbeStep.Outcome;

class EstablishmentTest {
  private static final String DOMAIN = "other.example";
  private static final String SRV = "_xmpp-server._tcp.";
  private static final String DIRECT = "_xmpps-server._tcp.";

  private final ManualTimers timers = new ManualTimers();
  private final ScriptedDns dns = new ScriptedDns();
  private final ScriptedNetwork network = new ScriptedNetwork();

  private CompletableFuture<ProbeReport> begin(boolean fresh) {
    Resolution resolution = new Resolution(dns, new Random(1));
    Dialer<String> dialer = new Dialer<>(resolution, dns, network, timers);
    return new Establishment<>(resolution, dialer, network, timers).run(DOMAIN, fresh);
  }

  private ProbeReport run() {
    CompletableFuture<ProbeReport> report = begin(false);
    assertThat(report).isDone();
    return report.join();
  }

  /** Steps as {@code number OUTCOME what}. */
  private static List<String> steps(ProbeReport report) {
    return report.steps().stream()
        .map(step -> step.number() + " " + step.outcome() + " " + step.what())
        .toList();
  }

  private static ProbeStep step(ProbeReport report, String what) {
    return report.steps().stream()
        .filter(step -> step.what().equals(what))
        .findFirst()
        .orElseThrow(() -> new AssertionError(what + " is not in " + report.steps()));
  }

  @AfterEach
  void nothingShouldStayOpen() {
    assertThat(network.open).isEmpty();
    assertThat(timers.waiting()).isZero();
  }

  @Test
  void discoveredServiceShouldUseTheConnectionThereIsWhenHostAndPortAreTheSame() {
    dns.srv(SRV + DOMAIN, 0, 0, 5269, "xmpp.other.example")
        .srv(SRV + "waves.other.example", 0, 0, 5269, "xmpp.other.example")
        .host("xmpp.other.example", "192.0.2.1");
    network.listens("192.0.2.1:5269").discovery(DOMAIN, Optional.of("waves.other.example"));
    ProbeReport report = run();
    assertThat(steps(report))
        .containsExactly(
            "1 DONE SRV _xmpp-server._tcp.other.example",
            "1 FAILED SRV _xmpps-server._tcp.other.example",
            "3 SKIPPED A, AAAA other.example",
            "5 DONE A, AAAA xmpp.other.example",
            "5 DONE connect 192.0.2.1:5269",
            "5 DONE stream to other.example at 192.0.2.1:5269",
            "6 DONE items of other.example",
            "7 DONE SRV _xmpp-server._tcp.waves.other.example",
            "7 FAILED SRV _xmpps-server._tcp.waves.other.example",
            "7 SKIPPED A, AAAA waves.other.example",
            "7 SKIPPED connect 192.0.2.1:5269",
            "12 DONE ready");
    assertThat(report.address()).contains("waves.other.example");
    assertThat(report.conclusion()).isEqualTo("waves.other.example at 192.0.2.1:5269");
    assertThat(step(report, "SRV _xmpp-server._tcp.other.example").detail())
        .isEqualTo("0 0 5269 xmpp.other.example.");
    assertThat(network.events).filteredOn(e -> e.startsWith("connect")).hasSize(1);
    assertThat(network.events).noneMatch(e -> e.startsWith("info"));
  }

  @Test
  void discoveredServiceShouldNeedNoLookupWhenItIsTheHostOfTheConnection() {
    dns.srv(SRV + DOMAIN, 0, 0, 5269, "wave.other.example").host("wave.other.example", "192.0.2.1");
    network.listens("192.0.2.1:5269").discovery(DOMAIN, Optional.of("wave.other.example"));
    ProbeReport report = run();
    assertThat(step(report, "SRV wave.other.example").outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(dns.asked).doesNotContain(SRV + "wave.other.example");
    assertThat(report.address()).contains("wave.other.example");
  }

  @Test
  void discoveredServiceShouldBeConnectedToWhenOnlyItsPortDiffers() {
    dns.srv(SRV + DOMAIN, 0, 0, 5269, "xmpp.other.example")
        .srv(SRV + "waves.other.example", 0, 0, 5270, "xmpp.other.example")
        .host("xmpp.other.example", "192.0.2.1");
    network
        .listens("192.0.2.1:5269", "192.0.2.1:5270")
        .discovery(DOMAIN, Optional.of("waves.other.example"));
    ProbeReport report = run();
    assertThat(report.conclusion()).isEqualTo("waves.other.example at 192.0.2.1:5270");
    assertThat(network.events).contains("stream waves.other.example at 192.0.2.1:5270");
  }

  @Test
  void discoveredServiceShouldBeFoundByItsAddressWhenItHasNoSrvRecord() {
    dns.srv(SRV + DOMAIN, 0, 0, 5269, "xmpp.other.example")
        .host("xmpp.other.example", "192.0.2.1")
        .host("waves.other.example", "192.0.2.2");
    network
        .listens("192.0.2.1:5269", "192.0.2.2:5269")
        .discovery(DOMAIN, Optional.of("waves.other.example"));
    assertThat(run().conclusion()).isEqualTo("waves.other.example at 192.0.2.2:5269");
  }

  @Test
  void guessShouldBeMadeWhenTheDiscoveredServiceCannotBeFound() {
    dns.srv(SRV + DOMAIN, 0, 0, 5269, "xmpp.other.example")
        .host("xmpp.other.example", "192.0.2.1")
        .host("wave.other.example", "192.0.2.3");
    network
        .listens("192.0.2.1:5269", "192.0.2.3:5269")
        .discovery(DOMAIN, Optional.of("lost.other.example"));
    ProbeReport report = run();
    assertThat(report.conclusion()).isEqualTo("wave.other.example at 192.0.2.3:5269");
    assertThat(steps(report))
        .contains(
            "7 FAILED A, AAAA lost.other.example",
            "9 DONE guess",
            "10 DONE A, AAAA wave.other.example",
            "11 DONE connect 192.0.2.3:5269");
  }

  @Test
  void guessShouldBeMadeWhenThereIsNoDiscoveryOrNoServiceInIt() {
    dns.host(DOMAIN, "192.0.2.1").host("wave.other.example", "192.0.2.3");
    network.listens("192.0.2.1:5269", "192.0.2.3:5269");
    ProbeReport without = run();
    assertThat(without.address()).contains("wave.other.example");
    assertThat(step(without, "items of other.example").detail()).isEqualTo("service-unavailable");
    network.discovery(DOMAIN, Optional.empty());
    ProbeReport empty = run();
    assertThat(empty.address()).contains("wave.other.example");
    assertThat(step(empty, "items of other.example").outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void guessShouldUseTheConnectionThereIsWhenHostAndPortAreTheSame() {
    dns.srv(SRV + DOMAIN, 0, 0, 5269, "xmpp.other.example")
        .srv(SRV + "wave.other.example", 0, 0, 5269, "xmpp.other.example")
        .host("xmpp.other.example", "192.0.2.1");
    network.listens("192.0.2.1:5269");
    ProbeReport report = run();
    assertThat(steps(report)).contains("11 SKIPPED connect 192.0.2.1:5269", "12 DONE ready");
    assertThat(network.events).contains("info wave.other.example");
  }

  @Test
  void guessShouldFailWhenTheConnectionThereIsDoesNotLeadToIt() {
    dns.srv(SRV + DOMAIN, 0, 0, 5269, "xmpp.other.example")
        .srv(SRV + "wave.other.example", 0, 0, 5269, "xmpp.other.example")
        .host("xmpp.other.example", "192.0.2.1");
    network
        .listens("192.0.2.1:5269")
        .noService("wave.other.example", FailureReason.REFUSED, "host-unknown");
    ProbeReport report = run();
    assertThat(report.address()).isEmpty();
    assertThat(steps(report))
        .endsWith(
            "11 SKIPPED connect 192.0.2.1:5269",
            "11 FAILED info of wave.other.example",
            "13 FAILED failed");
    assertThat(report.conclusion()).isEqualTo("wave.other.example cannot be reached: host-unknown");
  }

  @Test
  void guessShouldFailWhenItsServerHasNoWaveServiceThere() {
    dns.host(DOMAIN, "192.0.2.1").host("wave.other.example", "192.0.2.3");
    network
        .listens("192.0.2.1:5269", "192.0.2.3:5269")
        .noService("wave.other.example", FailureReason.NO_WAVE_SERVICE, "item-not-found");
    ProbeReport report = run();
    assertThat(report.address()).isEmpty();
    assertThat(steps(report))
        .endsWith(
            "11 DONE connect 192.0.2.3:5269",
            "11 DONE stream to wave.other.example at 192.0.2.3:5269",
            "11 FAILED info of wave.other.example",
            "13 FAILED failed");
    assertThat(report.conclusion())
        .isEqualTo("wave.other.example is no wave service: item-not-found");
  }

  @Test
  void guessShouldFailAtStepThirteenWhenItCannotBeFound() {
    dns.srv(SRV + DOMAIN, 0, 0, 5269, "xmpp.other.example").host("xmpp.other.example", "192.0.2.1");
    network.listens("192.0.2.1:5269");
    ProbeReport report = run();
    assertThat(report.address()).isEmpty();
    assertThat(steps(report)).endsWith("13 FAILED failed");
    assertThat(report.conclusion())
        .isEqualTo("wave.other.example cannot be found: no SRV record and no address");
  }

  @Test
  void guessShouldBeMadeWhenTheDomainsOwnServerDoesNotAnswer() {
    dns.host(DOMAIN, "192.0.2.1").host("wave.other.example", "192.0.2.3");
    network.listens("192.0.2.3:5269");
    ProbeReport report = run();
    assertThat(report.address()).contains("wave.other.example");
    assertThat(step(report, "connect 192.0.2.1:5269").detail())
        .isEqualTo("192.0.2.1:5269: connection refused");
  }

  @Test
  void domainShouldFailAtStepThirteenWhenItHasNeitherSrvNorAddress() {
    ProbeReport report = run();
    assertThat(steps(report))
        .containsExactly(
            "1 FAILED SRV _xmpp-server._tcp.other.example",
            "1 FAILED SRV _xmpps-server._tcp.other.example",
            "3 FAILED A, AAAA other.example",
            "13 FAILED failed");
    assertThat(report.conclusion())
        .isEqualTo("other.example cannot be found: no SRV record and no address");
  }

  @Test
  void addressShouldNotBeUsedWhenTheSrvLookupFails() {
    dns.broken(SRV + DOMAIN).host(DOMAIN, "192.0.2.1");
    network.listens("192.0.2.1:5269");
    ProbeReport report = run();
    assertThat(report.address()).isEmpty();
    assertThat(dns.asked).doesNotContain(DOMAIN);
    assertThat(report.conclusion()).contains("cannot be looked up").contains("SERVFAIL");
  }

  @Test
  void lookupShouldFailAlikeWhicheverItIs() {
    Dialer<String> dialer = new Dialer<>(new Resolution(dns, new Random(1)), dns, network, timers);
    dns.broken(SRV + DOMAIN);
    dns.broken("address.example");
    dns.srv(SRV + "target.example", 0, 0, 5269, "host.target.example");
    dns.broken("host.target.example");
    Map<String, String> broken =
        Map.of(
            DOMAIN,
            "the SRV records of " + DOMAIN,
            "address.example",
            "the addresses of address.example",
            "target.example",
            "the addresses of host.target.example");
    broken.forEach(
        (domain, what) ->
            assertThat(dialer.dial(domain))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(
                    FederationException.class,
                    why -> assertThat(why.reason()).isEqualTo(FailureReason.NO_SUCH_DOMAIN))
                .withMessageStartingWith(what + " cannot be looked up: ")
                .withMessageEndingWith("SERVFAIL"));
  }

  @Test
  void directTlsShouldBeUsedWhenTheOtherLookupFails() {
    dns.broken(SRV + DOMAIN)
        .srv(DIRECT + DOMAIN, 0, 0, 443, "wave.other.example")
        .host("wave.other.example", "192.0.2.1");
    network
        .listens("192.0.2.1:443 (direct TLS)")
        .discovery(DOMAIN, Optional.of("wave.other.example"));
    assertThat(run().conclusion()).isEqualTo("wave.other.example at 192.0.2.1:443 (direct TLS)");
  }

  @Test
  void addressShouldNotBeUsedWhenTheServiceIsNotOffered() {
    dns.srv(SRV + DOMAIN, 0, 0, 0, "").host(DOMAIN, "192.0.2.1");
    network.listens("192.0.2.1:5269");
    ProbeReport report = run();
    assertThat(report.conclusion())
        .isEqualTo(
            "other.example does not federate: its SRV record says that the service is not offered");
    assertThat(network.events).isEmpty();
  }

  @Test
  void directTlsShouldBeUsedWhenOnlyStartTlsIsNotOffered() {
    dns.srv(SRV + DOMAIN, 0, 0, 0, "")
        .srv(DIRECT + DOMAIN, 5, 0, 5270, "wave.other.example")
        .host("wave.other.example", "192.0.2.1");
    network
        .listens("192.0.2.1:5270 (direct TLS)")
        .discovery(DOMAIN, Optional.of("wave.other.example"));
    assertThat(run().address()).isPresent();
  }

  @Test
  void bothKindsOfServiceShouldBeTriedByPriority() {
    dns.srv(SRV + DOMAIN, 10, 0, 5269, "a.other.example")
        .srv(DIRECT + DOMAIN, 5, 0, 5270, "b.other.example")
        .srv(DIRECT + DOMAIN, 20, 0, 5270, "c.other.example")
        .srv(SRV + DOMAIN, 30, 0, 5269, "wave.other.example")
        .host("a.other.example", "192.0.2.1")
        .host("b.other.example", "192.0.2.2")
        .host("c.other.example", "192.0.2.3")
        .host("wave.other.example", "192.0.2.4");
    network.listens("192.0.2.4:5269").discovery(DOMAIN, Optional.of("wave.other.example"));
    assertThat(run().address()).isPresent();
    assertThat(network.events)
        .containsSubsequence(
            "connect 192.0.2.2:5270 (direct TLS)",
            "connect 192.0.2.1:5269",
            "connect 192.0.2.3:5270 (direct TLS)",
            "connect 192.0.2.4:5269");
  }

  @Test
  void nextTargetShouldBeTriedWhenOneHasNoAddressOrNoLuck() {
    dns.srv(SRV + DOMAIN, 1, 0, 5269, "none.other.example")
        .srv(SRV + DOMAIN, 2, 0, 5269, "broken.other.example")
        .srv(SRV + DOMAIN, 3, 0, 5269, "unfriendly.other.example")
        .srv(SRV + DOMAIN, 4, 0, 5269, "wave.other.example")
        .broken("broken.other.example")
        .host("unfriendly.other.example", "192.0.2.1", "2001:db8::1")
        .host("wave.other.example", "192.0.2.2");
    network
        .unfriendly("192.0.2.1:5269", "[2001:db8::1]:5269")
        .listens("192.0.2.2:5269")
        .discovery(DOMAIN, Optional.of("wave.other.example"));
    ProbeReport report = run();
    assertThat(report.address()).isPresent();
    assertThat(steps(report))
        .contains(
            "5 FAILED A, AAAA none.other.example",
            "5 FAILED A, AAAA broken.other.example",
            "5 FAILED stream to other.example at [2001:db8::1]:5269",
            "5 FAILED stream to other.example at 192.0.2.1:5269",
            "5 DONE stream to other.example at 192.0.2.2:5269");
  }

  @Test
  void ipv4ShouldWinWhenIpv6DoesNotAnswerWithinItsHeadStart() {
    dns.host(DOMAIN, "192.0.2.1", "192.0.2.2", "2001:db8::1");
    network
        .silent("[2001:db8::1]:5269")
        .listens("192.0.2.1:5269")
        .discovery(DOMAIN, Optional.of(DOMAIN));
    CompletableFuture<ProbeReport> report = begin(false);
    timers.pass(Duration.ofMillis(249));
    assertThat(report).isNotDone();
    assertThat(network.events).containsExactly("connect [2001:db8::1]:5269");
    timers.pass(Duration.ofMillis(1));
    assertThat(report).isDone();
    assertThat(report.join().conclusion()).isEqualTo("other.example at 192.0.2.1:5269");
    assertThat(network.pending.values()).allMatch(CompletableFuture::isCancelled);
    assertThat(step(report.join(), "connect [2001:db8::1]:5269"))
        .satisfies(
            s -> assertThat(s.outcome()).isEqualTo(Outcome.SKIPPED),
            s -> assertThat(s.detail()).isEqualTo("given up"));
  }

  @Test
  void firstEndpointShouldStillWinWhenItAnswersAfterTheSecondBegan() {
    dns.host(DOMAIN, "192.0.2.1", "2001:db8::1");
    network.silent("[2001:db8::1]:5269", "192.0.2.1:5269").discovery(DOMAIN, Optional.of(DOMAIN));
    CompletableFuture<ProbeReport> report = begin(false);
    timers.pass(Duration.ofMillis(300));
    assertThat(network.pending).hasSize(2);
    network.pending.get("[2001:db8::1]:5269").complete(network.connection("[2001:db8::1]:5269"));
    assertThat(report).isDone();
    assertThat(report.join().conclusion()).contains("[2001:db8::1]:5269");
    assertThat(step(report.join(), "connect [2001:db8::1]:5269").elapsed())
        .isEqualTo(Duration.ofMillis(300));
    assertThat(network.pending.get("192.0.2.1:5269")).isCancelled();
  }

  @Test
  void endpointGivenUpShouldBeTriedAgainWhenTheWinnersStreamFails() {
    dns.host(DOMAIN, "192.0.2.1", "2001:db8::1");
    network
        .silent("[2001:db8::1]:5269")
        .unfriendly("192.0.2.1:5269")
        .discovery(DOMAIN, Optional.of(DOMAIN));
    CompletableFuture<ProbeReport> report = begin(false);
    timers.pass(Duration.ofMillis(300));
    assertThat(report).isNotDone();
    network.pending.get("[2001:db8::1]:5269").complete(network.connection("[2001:db8::1]:5269"));
    assertThat(report.join().address()).contains(DOMAIN);
  }

  @Test
  void lookupsShouldBeAnewWhenTheProbeIsFresh() {
    dns.srv(SRV + DOMAIN, 0, 0, 5269, "wave.other.example").host("wave.other.example", "192.0.2.1");
    network.listens("192.0.2.1:5269").discovery(DOMAIN, Optional.of("wave.other.example"));
    assertThat(begin(true).join().address()).isPresent();
    assertThat(dns.flushed)
        .containsExactlyInAnyOrder(SRV + DOMAIN, DIRECT + DOMAIN, "wave.other.example");
    dns.flushed.clear();
    run();
    assertThat(dns.flushed).isEmpty();
  }

  @Test
  void conclusionShouldNameTheServiceThatCannotBeReached() {
    dns.host(DOMAIN, "192.0.2.1").host("wave.other.example", "192.0.2.3");
    ProbeReport report = run();
    assertThat(report.address()).isEmpty();
    assertThat(report.conclusion())
        .isEqualTo("wave.other.example cannot be reached: 192.0.2.3:5269: connection refused");
  }

  @Test
  void conclusionShouldBeWhatTheFirstServerSaysWhenOthersCannotBeReached() {
    String service = "wave.other.example";
    dns.srv(SRV + service, 1, 0, 5269, "dead.other.example")
        .srv(SRV + service, 2, 0, 5269, "first.other.example")
        .srv(SRV + service, 3, 0, 5269, "second.other.example")
        .srv(SRV + service, 4, 0, 5269, "none.other.example")
        .host(DOMAIN, "192.0.2.1")
        .host("dead.other.example", "192.0.2.1")
        .host("first.other.example", "192.0.2.2", "192.0.2.3")
        .host("second.other.example", "192.0.2.4");
    network.unfriendly("192.0.2.2:5269", "192.0.2.4:5269");
    assertThat(run().conclusion())
        .isEqualTo("wave.other.example cannot be reached: 192.0.2.2:5269: host-unknown");
  }

  @Test
  void targetsShouldBeBoundedWhenThereAreTooMany() {
    for (int i = 0; i < 200; i++) {
      dns.srv(SRV + DOMAIN, i, 0, 5269, "h" + i + ".example")
          .host("h" + i + ".example", "192.0.2.1");
    }
    assertThat(run().address()).isEmpty();
    assertThat(network.events).hasSize(16);
  }
}
