// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.crypto.SignerId;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.ca.IssuedCertificate;
import org.wavefed.testkit.ca.Leaf;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.ProbeReport;
import org.wavefed.transport.Route;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.transport.s2s.Lab.Server;

class WavefedToWavefedTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";
  private static final Route THERE = new Route(ACME, INITECH);
  private static final Route BACK = new Route(INITECH, ACME);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final WaveletName WAVELET =
      WaveletName.parseUri("wave://acmewave.example/w+x/conv+root");
  private static final HashedVersion VERSION =
      new HashedVersion(5, Bytes.copyOf(new byte[] {1, 2, 3}));
  private static final Bytes DELTA = Bytes.copyOf(new byte[] {'a', 'b'});

  private final Lab lab = new Lab();

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  private void everyCallWorks(Server acme, Server initech) {
    WaveletUpdate update = new WaveletUpdate(WAVELET, List.of(DELTA, DELTA), Optional.of(VERSION));
    HistoryRequest history =
        new HistoryRequest(WAVELET, VERSION, VERSION, OptionalLong.of(300_000));
    SignerRequest signer = new SignerRequest(new SignerId(DELTA), WAVELET, VERSION);
    S2sTransport there = acme.transport();
    S2sTransport back = initech.transport();

    assertThat(get(there.discover(THERE, TIMEOUT))).isEqualTo("wave.initech.example");
    get(there.ping(THERE, TIMEOUT));
    get(there.update(THERE, update, TIMEOUT));
    get(back.postSigner(BACK, acme.handler().signer, TIMEOUT));
    assertThat(get(back.submit(BACK, WAVELET, DELTA, TIMEOUT)).resulting().version()).isEqualTo(7);
    assertThat(get(back.history(BACK, history, TIMEOUT)).appliedDeltas().get(1).size())
        .isEqualTo(200_000);
    assertThat(get(back.signer(BACK, signer, TIMEOUT))).isEqualTo(acme.handler().signer);
    assertThat(initech.handler().received).contains("ping", update);
    assertThat(initech.handler().peers.get(0).address()).isEqualTo("wave.acmewave.example");
    assertThat(get(initech.handler().peers.get(0).speaksFor(ACME))).isTrue();
    assertThat(get(initech.handler().peers.get(0).speaksFor(INITECH))).isFalse();
  }

  @Test
  void everyCallShouldWorkWhenBothShowGoodCertificates() {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    Server initech = lab.start(INITECH, lab.authority, Lab.CERTIFICATES);
    everyCallWorks(acme, initech);
  }

  @Test
  void everyCallShouldWorkWithTlsAtOnce() {
    Server acme = direct(ACME);
    Server initech = direct(INITECH);
    everyCallWorks(acme, initech);
  }

  private Server direct(String domain) {
    IssuedCertificate certificate = lab.authority.issue(Lab.leaf(domain));
    return lab.start(Map.of(domain, certificate), Lab.CERTIFICATES, true);
  }

  @Test
  void everyCallShouldWorkByDialbackWhenNobodyTrustsACertificate() {
    Server acme = lab.start(ACME, lab.stranger, Lab.DIALBACK);
    Server initech = lab.start(INITECH, lab.stranger, Lab.DIALBACK);
    everyCallWorks(acme, initech);
  }

  @Test
  void everyCallShouldWorkByDialbackWhenOneCertificateIsNotTrusted() {
    Server acme = lab.start(ACME, lab.authority, Lab.DIALBACK);
    Server initech = lab.start(INITECH, lab.stranger, Lab.DIALBACK);
    everyCallWorks(acme, initech);
  }

  @Test
  void everyCallShouldWorkWithoutTlsWhenBothAllowThat() {
    Server acme = lab.start(ACME, lab.stranger, Lab.PLAIN);
    Server initech = lab.start(INITECH, lab.stranger, Lab.PLAIN);
    everyCallWorks(acme, initech);
  }

  @Test
  void severalDomainsShouldShareOneListener() {
    Server both =
        lab.start(
            Map.of(
                INITECH,
                lab.authority.issue(Lab.leaf(INITECH)),
                "other.example",
                lab.authority.issue(Lab.leaf("other.example"))),
            Lab.CERTIFICATES,
            false);
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    get(acme.transport().ping(THERE, TIMEOUT));
    get(acme.transport().ping(new Route(ACME, "other.example"), TIMEOUT));
    get(
        both.transport()
            .postSigner(new Route("other.example", ACME), both.handler().signer, TIMEOUT));
    // Within one server nothing goes over the network.
    get(both.transport().ping(new Route("other.example", INITECH), TIMEOUT));
    assertThat(acme.handler().peers.get(0).address()).isEqualTo("wave.other.example");
  }

  @Test
  void severalDomainsShouldShareOneListenerWithTlsAtOnce() {
    lab.start(
        Map.of(
            INITECH,
            lab.authority.issue(Lab.leaf(INITECH)),
            "other.example",
            lab.authority.issue(Lab.leaf("other.example"))),
        Lab.CERTIFICATES,
        true);
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    get(acme.transport().ping(THERE, TIMEOUT));
    get(acme.transport().ping(new Route(ACME, "other.example"), TIMEOUT));
  }

  @Test
  void manyCallsShouldBeAnsweredWhenTheyAreMadeAtOnce() {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    Server initech = lab.start(INITECH, lab.authority, Lab.CERTIFICATES);
    WaveletUpdate update = new WaveletUpdate(WAVELET, List.of(DELTA), Optional.of(VERSION));
    List<CompletionStage<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      calls.add(acme.transport().update(THERE, update, TIMEOUT));
    }
    calls.forEach(WavefedToWavefedTest::get);
    assertThat(initech.handler().received).filteredOn(update::equals).hasSize(250);
  }

  @Test
  void callShouldBeRefusedWhenTheCertificateIsNotTrusted() {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    lab.start(INITECH, lab.stranger, Lab.CERTIFICATES);
    assertThat(failure(acme, THERE))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.REFUSED))
        .hasMessageContaining("no path from")
        .hasMessageContaining("dialback is not allowed for");
  }

  @Test
  void failureShouldSayOnceWhatIsWrong() {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    lab.publish("refusing.example", freePort(), false);
    assertThat(failure(acme, new Route(ACME, "refusing.example")).getMessage())
        .matches(
            "refusing.example cannot be reached: wave.refusing.example: "
                + "127.0.0.1:[0-9]+: Connection refused");
  }

  @Test
  void callShouldBeRefusedWhenTheCertificateIsForAnotherDomain() {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    lab.start(
        Map.of(INITECH, lab.authority.issue(Lab.leaf("evil-initech.example"))),
        Lab.CERTIFICATES,
        false);
    assertThat(failure(acme, THERE)).hasMessageContaining("it does not name");
  }

  @Test
  void callShouldBeRefusedWhenThePeerDoesNotTrustOurs() {
    Server acme = lab.start(ACME, lab.stranger, Lab.CERTIFICATES);
    Server initech = lab.start(INITECH, lab.authority, Lab.CERTIFICATES);
    assertThat(failure(acme, THERE)).hasMessageContaining("does not accept our certificate");
    assertThat(initech.handler().received).isEmpty();
  }

  @Test
  void dialbackShouldBeRefusedWhenThePeerOnceShowedAGoodCertificate() {
    Server acme = lab.start(ACME, lab.authority, Lab.DIALBACK);
    Server good = lab.start(INITECH, lab.authority, Lab.DIALBACK);
    get(acme.transport().ping(THERE, TIMEOUT));
    good.transport().close();
    ProbeReport report = probe(acme, INITECH);
    assertThat(report.address()).isEmpty();
    lab.start(INITECH, lab.stranger, Lab.DIALBACK);
    assertThat(probe(acme, INITECH).conclusion()).contains("dialback is not allowed for");
  }

  @Test
  void dialbackShouldBeRefusedWhenTheDomainIsNotTheCallersOwn() {
    // Says that it is ACME, which the DNS says is somewhere else.
    Server initech = lab.start(INITECH, lab.stranger, Lab.DIALBACK);
    Server impostor = lab.start(ACME, lab.stranger, Lab.DIALBACK);
    Lab elsewhere = new Lab();
    try (elsewhere) {
      lab.dns.forget();
      lab.publish(INITECH, initech.port(), false);
      elsewhere.start(ACME, elsewhere.authority, Lab.DIALBACK);
      lab.publish(ACME, elsewherePort(elsewhere), false);
      assertThat(failure(impostor, THERE)).hasMessageContaining("dialback failed");
      assertThat(initech.handler().received).isEmpty();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static int elsewherePort(Lab elsewhere) {
    return elsewhere
        .dns
        .srv("_xmpp-server._tcp." + ACME, TIMEOUT)
        .toCompletableFuture()
        .join()
        .records()
        .get(0)
        .port();
  }

  @Test
  void callShouldSayWhatIsWrongWhenThePeerCannotBeReached() {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    lab.publish("refusing.example", freePort(), false);
    assertThat(failure(acme, new Route(ACME, "nosuch.example")).reason())
        .isEqualTo(FailureReason.NO_SUCH_DOMAIN);
    for (String host : List.of("broken.example", "wave.broken.example")) {
      lab.dns.broken("_xmpp-server._tcp." + host).broken("_xmpps-server._tcp." + host);
    }
    assertThat(failure(acme, new Route(ACME, "broken.example")))
        .hasMessageContaining("SERVFAIL")
        .extracting(FederationException::reason)
        .isEqualTo(FailureReason.NO_SUCH_DOMAIN);
    assertThat(failure(acme, new Route(ACME, "refusing.example")).reason())
        .isEqualTo(FailureReason.REFUSED);
    assertThat(failure(acme, new Route("not-ours.example", INITECH)).reason())
        .isEqualTo(FailureReason.NOT_CONNECTED);
  }

  @Test
  void privateAddressesShouldNotBeConnectedToUnlessThatIsAllowed() {
    Server acme = lab.start(ACME, lab.authority, new PeerPolicy.Rules(true, List.of(), false));
    Server initech = lab.start(INITECH, lab.authority, Lab.CERTIFICATES);
    assertThat(failure(acme, THERE)).hasMessageContaining("private addresses are not connected to");
    assertThat(initech.handler().received).isEmpty();
  }

  @Test
  void streamsShouldBeOpenedAnewWhenThePeerWasAway() {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    Server initech = lab.start(INITECH, lab.authority, Lab.CERTIFICATES);
    get(acme.transport().ping(THERE, TIMEOUT));
    initech.transport().close();
    lab.dns.forget();
    lab.publish(ACME, acme.port(), false);
    Server again = lab.start(INITECH, lab.authority, Lab.CERTIFICATES);
    get(again.transport().ping(BACK, TIMEOUT));
    WaveletUpdate update = new WaveletUpdate(WAVELET, List.of(DELTA), Optional.of(VERSION));
    get(acme.transport().update(THERE, update, TIMEOUT));
    assertThat(again.handler().received).contains(update);
  }

  @Test
  void probeShouldTellTheStepsToThePeer() {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    Server initech = lab.start(INITECH, lab.authority, Lab.CERTIFICATES);
    ProbeReport report = probe(acme, INITECH);
    assertThat(report.address()).contains("wave.initech.example");
    assertThat(report.conclusion())
        .isEqualTo("wave.initech.example at 127.0.0.1:" + initech.port());
    assertThat(report.steps())
        .extracting(step -> step.number() + " " + step.outcome() + " " + step.what())
        .contains(
            "5 DONE stream to initech.example at 127.0.0.1:" + initech.port(),
            "6 DONE items of initech.example",
            "7 SKIPPED connect 127.0.0.1:" + initech.port(),
            "12 DONE ready");
    assertThat(probe(acme, "nosuch.example").conclusion())
        .isEqualTo("nosuch.example cannot be found: no SRV record and no address");
  }

  @Test
  void probeShouldFailWhenTheCertificateDoesNotNameTheWaveService() {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    IssuedCertificate domainOnly = lab.authority.issue(Leaf.of(INITECH).withDnsNames(INITECH));
    lab.start(Map.of(INITECH, domainOnly), Lab.CERTIFICATES, false);
    ProbeReport report = probe(acme, INITECH);
    assertThat(report.address()).isEmpty();
    assertThat(report.conclusion())
        .startsWith("wave.initech.example cannot be reached: ")
        .contains("does not name wave.initech.example");
    assertThat(report.steps())
        .filteredOn(step -> step.number() == 6)
        .singleElement()
        .satisfies(
            step ->
                assertThat(step.detail())
                    .startsWith("wave.initech.example: ")
                    .contains("does not name wave.initech.example"));
    assertThat(report.steps())
        .extracting(step -> step.number() + " " + step.outcome())
        .contains("11 SKIPPED", "13 FAILED");
  }

  @Test
  void probeShouldFindTheServiceOfOnesOwnDomain() {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    ProbeReport report = probe(acme, ACME);
    assertThat(report.address()).contains("wave.acmewave.example");
    assertThat(report.steps())
        .extracting(step -> step.number() + " " + step.outcome() + " " + step.what())
        .contains("6 DONE items of acmewave.example");
  }

  @Test
  void openCallsShouldFailWhenTheTransportIsClosed() {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    acme.transport().close();
    acme.transport().close();
    assertThat(failure(acme, THERE).reason()).isEqualTo(FailureReason.NOT_CONNECTED);
    assertThat(acme.transport().serves(ACME)).isFalse();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("wavefed-s2s"));
  }

  private static ProbeReport probe(Server server, String peer) {
    return get(server.transport().probe(ACME, peer, true));
  }

  private static int freePort() {
    try {
      return org.wavefed.testkit.lab.LabProcess.freePort("127.0.0.1");
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static FederationException failure(Server server, Route route) {
    Throwable thrown =
        catchThrowable(
            () ->
                server
                    .transport()
                    .ping(route, TIMEOUT)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS));
    assertThat(thrown).isInstanceOf(ExecutionException.class);
    assertThat(thrown.getCause()).isInstanceOf(FederationException.class);
    return (FederationException) thrown.getCause();
  }

  private static <T> T get(CompletionStage<T> call) {
    try {
      return call.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the call failed: " + e, e);
    }
  }
}
