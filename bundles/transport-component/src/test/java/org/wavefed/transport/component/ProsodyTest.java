// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.wavefed.transport.component.Organisation.DELTA;
import static org.wavefed.transport.component.Organisation.TIMEOUT;
import static org.wavefed.transport.component.Organisation.VERSION;
import static org.wavefed.transport.component.Organisation.WAVELET;
import static org.wavefed.transport.component.Outcome.await;
import static org.wavefed.transport.component.Outcome.failure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.testkit.lab.KnotServer;
import org.wavefed.testkit.lab.LabCertificates;
import org.wavefed.testkit.lab.LabProcess;
import org.wavefed.testkit.lab.ProsodyServer;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Peer;
import org.wavefed.transport.Route;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.xmpp.netty.IoThreads;

/** Two real Prosodys that federate with TLS and find each other by a real DNS server. */
class ProsodyTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";

  @TempDir private static Path folder;
  private static KnotServer dns;
  private static ProsodyServer acmeServer;
  private static ProsodyServer initechServer;
  private static ServerSocket deaf;

  private final IoThreads threads = new IoThreads("wavefed-component");
  private final List<AutoCloseable> open = new ArrayList<>();
  private Organisation acme;
  private Organisation initech;

  @BeforeAll
  static void startServers() throws IOException {
    for (String program : List.of("prosody", "knotd", "openssl")) {
      assumeTrue(LabProcess.isInstalled(program), program + " is not installed: skipped");
    }
    var acmeSettings = ProsodyServer.Settings.onFreePorts(ACME, "first secret");
    var initechSettings = ProsodyServer.Settings.onFreePorts(INITECH, "second secret");
    int nobody = LabProcess.freePort("127.0.0.1");
    // Takes connections and never says a word.
    deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Files.createDirectories(folder.resolve("dns"));
    dns =
        KnotServer.start(
            folder.resolve("dns"),
            List.of(
                acmeSettings.host(),
                initechSettings.host(),
                new KnotServer.Host("refusing.example", "127.0.0.1", nobody),
                new KnotServer.Host("deaf.example", "127.0.0.1", deaf.getLocalPort())));
    LabCertificates certificates = LabCertificates.create(folder.resolve("tls"));
    acmeServer = ProsodyServer.start(folder.resolve("acme"), acmeSettings, certificates, dns);
    initechServer =
        ProsodyServer.start(folder.resolve("initech"), initechSettings, certificates, dns);
  }

  @AfterAll
  static void stopServers() throws IOException {
    if (acmeServer != null) {
      acmeServer.close();
    }
    if (initechServer != null) {
      initechServer.close();
    }
    if (dns != null) {
      dns.close();
    }
    if (deaf != null) {
      deaf.close();
    }
  }

  @BeforeEach
  void connect() {
    acme = connected(acmeServer, acmeServer.settings().secret());
    initech = connected(initechServer, initechServer.settings().secret());
    await(() -> acme.isConnected() && initech.isConnected());
  }

  @AfterEach
  void disconnect() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    threads.close();
  }

  private Organisation connected(ProsodyServer server, String secret) {
    Organisation organisation = Organisation.of(server.settings(), secret, threads);
    open.add(organisation);
    return organisation;
  }

  @Test
  void everyCallShouldArriveAndBeAnswered() {
    acme.callsAndIsCalledBy(initech);
    Peer peer = initech.handler().peers.get(0);
    assertThat(Outcome.of(peer.speaksFor(ACME))).isTrue();
    assertThat(Outcome.of(peer.speaksFor(INITECH))).isFalse();
    assertThat(Outcome.of(peer.speaksFor("nosuch.example"))).isFalse();
  }

  @Test
  void manyCallsShouldBeAnsweredWhenTheyAreMadeAtOnce() {
    Route there = new Route(ACME, INITECH);
    WaveletUpdate update = new WaveletUpdate(WAVELET, List.of(DELTA), Optional.of(VERSION));
    Outcome.of(acme.transport().ping(there, TIMEOUT));
    List<CompletionStage<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      calls.add(acme.transport().update(there, update, TIMEOUT));
    }
    calls.forEach(Outcome::of);
    assertThat(initech.handler().received).filteredOn(update::equals).hasSize(200);
  }

  @Test
  void updateShouldFailWithTheReasonWhenThePeerRefusesItForGood() {
    WaveletUpdate refused = new WaveletUpdate(WAVELET, List.of(), Optional.empty());
    assertThat(failure(acme.transport().update(new Route(ACME, INITECH), refused, TIMEOUT)))
        .satisfies(
            e -> assertThat(e.reason()).isEqualTo(FailureReason.NOT_AUTHORIZED),
            e -> assertThat(e).hasMessage("wave.initech.example: nothing in it"));
  }

  @Test
  void callShouldSayWhatIsWrongWhenThePeerCannotBeReached() {
    assertThat(pingFailure("nosuch.example").reason()).isEqualTo(FailureReason.NO_SUCH_DOMAIN);
    assertThat(pingFailure("refusing.example").reason()).isEqualTo(FailureReason.REFUSED);
    assertThat(pingFailure("not a domain").reason()).isEqualTo(FailureReason.NO_SUCH_DOMAIN);
    FederationException deafPeer =
        failure(acme.transport().ping(new Route(ACME, "deaf.example"), Duration.ofSeconds(1)));
    assertThat(deafPeer.reason()).isEqualTo(FailureReason.TIMED_OUT);
    assertThat(failure(acme.transport().ping(new Route(INITECH, ACME), TIMEOUT)).reason())
        .isEqualTo(FailureReason.NOT_CONNECTED);
  }

  @Test
  void callShouldSayWhatIsWrongWhenThePeersWaveServerIsDown() {
    initech.close();
    assertThat(pingFailure(INITECH).reason()).isEqualTo(FailureReason.REMOTE_SERVER_TIMEOUT);
    Organisation again = connected(initechServer, initechServer.settings().secret());
    await(again::isConnected);
    Outcome.of(again.transport().ping(new Route(INITECH, ACME), TIMEOUT));
    // Heard from, so that the failure to find it is forgotten at once.
    Outcome.of(acme.transport().ping(new Route(ACME, INITECH), TIMEOUT));
  }

  @Test
  void transportShouldNotServeWhenTheSecretIsWrong() {
    initech.close();
    Organisation wrong = connected(initechServer, "wrong");
    assertThat(failure(wrong.transport().ping(new Route(INITECH, ACME), TIMEOUT)).reason())
        .isEqualTo(FailureReason.NOT_CONNECTED);
    await(() -> outputOf(initechServer).contains("authentication failed"));
    assertThat(wrong.isConnected()).isFalse();
  }

  @Test
  void transportShouldComeBackWhenItsServerDoes() throws IOException {
    Route back = new Route(INITECH, ACME);
    Outcome.of(initech.transport().ping(back, TIMEOUT));
    initech.handler().received.clear();
    initechServer.stop();
    await(() -> !initech.isConnected());
    assertThat(failure(initech.transport().ping(back, TIMEOUT)).reason())
        .isEqualTo(FailureReason.NOT_CONNECTED);
    initechServer.startAgain();
    await(() -> initech.isConnected());
    await(() -> initech.handler().received.contains("connected " + INITECH));
    Outcome.of(initech.transport().ping(back, TIMEOUT));
    Outcome.of(acme.transport().ping(new Route(ACME, INITECH), TIMEOUT));
  }

  @Test
  void openCallsShouldFailWhenTheTransportIsClosed() {
    CompletionStage<Void> call = acme.transport().ping(new Route(ACME, "deaf.example"), TIMEOUT);
    acme.close();
    acme.close();
    assertThat(failure(call).reason()).isEqualTo(FailureReason.NOT_CONNECTED);
  }

  @Test
  void peerShouldBeToldToComeAgainWhenThereIsNoWaveServer() {
    initech.transport().handler(null);
    Route there = new Route(ACME, INITECH);
    assertThat(failure(acme.transport().postSigner(there, acme.handler().signer, TIMEOUT)).reason())
        .isEqualTo(FailureReason.UNEXPECTED_REQUEST);
    WaveletUpdate update = new WaveletUpdate(WAVELET, List.of(DELTA), Optional.empty());
    assertThat(failure(acme.transport().update(there, update, Duration.ofMillis(500))).reason())
        .isEqualTo(FailureReason.TIMED_OUT);
  }

  private FederationException pingFailure(String peer) {
    return failure(acme.transport().ping(acme.to(peer), TIMEOUT));
  }

  private static String outputOf(ProsodyServer server) {
    try {
      return server.output();
    } catch (IOException e) {
      return fail("no output", e);
    }
  }
}
