// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.crypto.SignerId;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.lab.KnotServer;
import org.wavefed.testkit.lab.LabCertificates;
import org.wavefed.testkit.lab.LabProcess;
import org.wavefed.testkit.lab.ProsodyServer;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Route;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.WaveletUpdate;

/** Two real Prosodys that federate with TLS and find each other by a real DNS server. */
class ProsodyTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final WaveletName WAVELET =
      WaveletName.parseUri("wave://acmewave.example/w+x/conv+root");
  private static final HashedVersion VERSION =
      new HashedVersion(5, Bytes.copyOf(new byte[] {1, 2, 3}));
  private static final Bytes DELTA =
      Bytes.copyOf("a delta".getBytes(java.nio.charset.StandardCharsets.UTF_8));

  @TempDir private static Path folder;
  private static KnotServer dns;
  private static ProsodyServer acmeServer;
  private static ProsodyServer initechServer;
  private static ServerSocket deaf;

  private final IoThreads threads = new IoThreads();
  private final RecordingHandler acmeHandler = new RecordingHandler();
  private final RecordingHandler initechHandler = new RecordingHandler();
  private final List<AutoCloseable> open = new ArrayList<>();
  private ComponentTransport acme;
  private ComponentTransport initech;

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
    acme = transport(acmeServer, acmeServer.settings().secret(), acmeHandler);
    initech = transport(initechServer, initechServer.settings().secret(), initechHandler);
    await(() -> acme.serves(ACME) && initech.serves(INITECH));
  }

  @AfterEach
  void disconnect() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    threads.close();
  }

  private ComponentTransport transport(
      ProsodyServer server, String secret, RecordingHandler handler) {
    var settings =
        new ComponentSettings(
            server.settings().domain(),
            "",
            server.settings().address(),
            server.settings().componentPort(),
            secret,
            ComponentSettings.Limits.DEFAULT,
            "google-wave",
            "test.cfg");
    ComponentTransport transport = new ComponentTransport(settings, threads);
    transport.handler(handler);
    open.add(transport);
    return transport;
  }

  @Test
  void everyCallShouldArriveAndBeAnswered() {
    Route there = new Route(ACME, INITECH);
    Route back = new Route(INITECH, ACME);
    WaveletUpdate update = new WaveletUpdate(WAVELET, List.of(DELTA, DELTA), Optional.of(VERSION));
    HistoryRequest history =
        new HistoryRequest(WAVELET, VERSION, VERSION, OptionalLong.of(300_000));
    SignerRequest signer = new SignerRequest(new SignerId(DELTA), WAVELET, VERSION);

    assertThat(get(acme.discover(there, TIMEOUT))).isEqualTo("wave.initech.example");
    get(acme.ping(there, TIMEOUT));
    get(acme.update(there, update, TIMEOUT));
    get(initech.postSigner(back, acmeHandler.signer, TIMEOUT));
    assertThat(get(initech.submit(back, WAVELET, DELTA, TIMEOUT)).resulting().version())
        .isEqualTo(7);
    assertThat(get(initech.history(back, history, TIMEOUT)).appliedDeltas().get(1).size())
        .isEqualTo(200_000);
    assertThat(get(initech.signer(back, signer, TIMEOUT))).isEqualTo(acmeHandler.signer);

    assertThat(initechHandler.received).contains("ping", update);
    assertThat(acmeHandler.received).contains(acmeHandler.signer, DELTA, history, signer);
    assertThat(initechHandler.peers.get(0).address()).isEqualTo("wave.acmewave.example");
    assertThat(get(initechHandler.peers.get(0).speaksFor(ACME))).isTrue();
    assertThat(get(initechHandler.peers.get(0).speaksFor(INITECH))).isFalse();
    assertThat(get(initechHandler.peers.get(0).speaksFor("nosuch.example"))).isFalse();
  }

  @Test
  void manyCallsShouldBeAnsweredWhenTheyAreMadeAtOnce() {
    Route there = new Route(ACME, INITECH);
    WaveletUpdate update = new WaveletUpdate(WAVELET, List.of(DELTA), Optional.of(VERSION));
    get(acme.ping(there, TIMEOUT));
    List<CompletionStage<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      calls.add(acme.update(there, update, TIMEOUT));
    }
    calls.forEach(ProsodyTest::get);
    assertThat(initechHandler.received).filteredOn(update::equals).hasSize(200);
  }

  @Test
  void updateShouldFailWithTheReasonWhenThePeerRefusesItForGood() {
    WaveletUpdate refused = new WaveletUpdate(WAVELET, List.of(), Optional.empty());
    assertThat(failure(acme.update(new Route(ACME, INITECH), refused, TIMEOUT)))
        .satisfies(
            e -> assertThat(e.reason()).isEqualTo(FailureReason.NOT_AUTHORIZED),
            e -> assertThat(e).hasMessage("wave.initech.example: nothing in it"));
  }

  @Test
  void callShouldSayWhatIsWrongWhenThePeerCannotBeReached() {
    assertThat(failure("nosuch.example").reason()).isEqualTo(FailureReason.NO_SUCH_DOMAIN);
    assertThat(failure("refusing.example").reason()).isEqualTo(FailureReason.REFUSED);
    assertThat(failure("not a domain").reason()).isEqualTo(FailureReason.NO_SUCH_DOMAIN);
    FederationException deafPeer =
        failure(acme.ping(new Route(ACME, "deaf.example"), Duration.ofSeconds(1)));
    assertThat(deafPeer.reason()).isEqualTo(FailureReason.TIMED_OUT);
    assertThat(failure(acme.ping(new Route(INITECH, ACME), TIMEOUT)).reason())
        .isEqualTo(FailureReason.NOT_CONNECTED);
  }

  @Test
  void callShouldSayWhatIsWrongWhenThePeersWaveServerIsDown() {
    initech.close();
    assertThat(failure(INITECH).reason()).isEqualTo(FailureReason.REMOTE_SERVER_TIMEOUT);
    ComponentTransport again =
        transport(initechServer, initechServer.settings().secret(), initechHandler);
    await(() -> again.serves(INITECH));
    get(again.ping(new Route(INITECH, ACME), TIMEOUT));
    // Heard from, so that the failure to find it is forgotten at once.
    get(acme.ping(new Route(ACME, INITECH), TIMEOUT));
  }

  @Test
  void transportShouldNotServeWhenTheSecretIsWrong() {
    initech.close();
    ComponentTransport wrong = transport(initechServer, "wrong", initechHandler);
    assertThat(failure(wrong.ping(new Route(INITECH, ACME), TIMEOUT)).reason())
        .isEqualTo(FailureReason.NOT_CONNECTED);
    await(() -> outputOf(initechServer).contains("authentication failed"));
    assertThat(wrong.serves(INITECH)).isFalse();
  }

  @Test
  void transportShouldComeBackWhenItsServerDoes() throws IOException {
    Route back = new Route(INITECH, ACME);
    get(initech.ping(back, TIMEOUT));
    initechHandler.received.clear();
    initechServer.stop();
    await(() -> !initech.serves(INITECH));
    assertThat(failure(initech.ping(back, TIMEOUT)).reason())
        .isEqualTo(FailureReason.NOT_CONNECTED);
    initechServer.startAgain();
    await(() -> initech.serves(INITECH));
    assertThat(initechHandler.received).contains("connected " + INITECH);
    get(initech.ping(back, TIMEOUT));
    get(acme.ping(new Route(ACME, INITECH), TIMEOUT));
  }

  @Test
  void openCallsShouldFailWhenTheTransportIsClosed() {
    CompletionStage<Void> call = acme.ping(new Route(ACME, "deaf.example"), TIMEOUT);
    acme.close();
    acme.close();
    assertThat(failure(call).reason()).isEqualTo(FailureReason.NOT_CONNECTED);
  }

  @Test
  void peerShouldBeToldToComeAgainWhenThereIsNoWaveServer() {
    initech.handler(null);
    Route there = new Route(ACME, INITECH);
    assertThat(failure(acme.postSigner(there, acmeHandler.signer, TIMEOUT)).reason())
        .isEqualTo(FailureReason.UNEXPECTED_REQUEST);
    WaveletUpdate update = new WaveletUpdate(WAVELET, List.of(DELTA), Optional.empty());
    assertThat(failure(acme.update(there, update, Duration.ofMillis(500))).reason())
        .isEqualTo(FailureReason.TIMED_OUT);
  }

  private FederationException failure(String peer) {
    return failure(acme.ping(new Route(ACME, peer), TIMEOUT));
  }

  private static FederationException failure(CompletionStage<?> call) {
    Throwable thrown = catchThrowable(() -> call.toCompletableFuture().get(30, TimeUnit.SECONDS));
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

  private static String outputOf(ProsodyServer server) {
    try {
      return server.output();
    } catch (IOException e) {
      return fail("no output", e);
    }
  }

  /** Waits until something is so; asks every 20 ms, for a minute at most. */
  private static void await(BooleanSupplier condition) {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not in time").isLessThan(end);
      try {
        assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
