// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.lab.KnotServer;
import org.wavefed.testkit.lab.LabCertificates;
import org.wavefed.testkit.lab.ProsodyServer;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.ProbeReport;
import org.wavefed.transport.Route;
import org.wavefed.transport.WaveletUpdate;

/** A real XMPP server at the other end, with a wave service as its component. */
abstract class OtherServerTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";
  private static final Route THERE = new Route(ACME, INITECH);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final WaveletName WAVELET =
      WaveletName.parseUri("wave://acmewave.example/w+x/conv+root");
  private static final HashedVersion VERSION =
      new HashedVersion(5, Bytes.copyOf(new byte[] {1, 2, 3}));
  private static final WaveletUpdate UPDATE =
      new WaveletUpdate(
          WAVELET, List.of(Bytes.copyOf(new byte[] {'a', 'b'})), Optional.of(VERSION));

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  /** The server that is tried. */
  interface OtherServer extends AutoCloseable {
    String output() throws IOException;

    @Override
    void close();
  }

  /**
   * Starts it.
   *
   * @param certificatesRequired whether it lets nobody in by dialback
   */
  abstract OtherServer launch(
      Path where,
      ProsodyServer.Settings settings,
      LabCertificates certificates,
      KnotServer dns,
      boolean certificatesRequired)
      throws IOException;

  @AfterEach
  void stop() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private <T extends AutoCloseable> T keep(T one) {
    open.add(one);
    return one;
  }

  private record Both(Lab.Server acme, TestComponent initech, OtherServer server) {}

  /** The DNS by which the server finds us. */
  KnotServer knot(Path where, KnotServer.Host ours) throws IOException {
    return KnotServer.start(where, List.of(ours));
  }

  /** What the server logs when somebody came by certificate, or by dialback. */
  abstract String sign(boolean certificate);

  /** Servers take their time to write their logs. */
  private static void awaitOutput(OtherServer server, String text) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (!server.output().contains(text)) {
      assertThat(System.nanoTime()).as("%s in %s", text, server.output()).isLessThan(end);
      assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  /** Wavefed for the one domain, the server and a component for the other. */
  private Both start(boolean trusted) throws Exception {
    LabCertificates certificates = LabCertificates.create(folder.resolve("tls"));
    Lab lab = keep(trusted ? new Lab(certificate(certificates.authority())) : new Lab());
    Lab.Server acme =
        trusted
            ? lab.start(Map.of(ACME, identity(certificates)), Lab.CERTIFICATES)
            : lab.start(ACME, lab.stranger, Lab.DIALBACK);
    var settings = ProsodyServer.Settings.onFreePorts(INITECH, "secret");
    lab.publish(INITECH, settings.serverPort(), false);
    Files.createDirectories(folder.resolve("dns"));
    KnotServer knot =
        keep(knot(folder.resolve("dns"), new KnotServer.Host(ACME, "127.0.0.1", acme.port())));
    OtherServer server =
        keep(launch(folder.resolve("server"), settings, certificates, knot, trusted));
    return new Both(acme, keep(new TestComponent(settings)), server);
  }

  private static TlsIdentity identity(LabCertificates certificates) throws IOException {
    certificates.issue(ACME);
    return TlsIdentity.read(certificates.certificate(ACME), certificates.key(ACME));
  }

  private static X509Certificate certificate(Path file)
      throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static void bothWaysWork(Both both) throws Exception {
    S2sTransport acme = both.acme().transport();
    TestComponent initech = both.initech();
    assertThat(get(acme.discover(THERE, TIMEOUT))).isEqualTo("wave.initech.example");
    get(acme.update(THERE, UPDATE, TIMEOUT));
    assertThat(initech.handler.received).contains(UPDATE);
    assertThat(initech.handler.peers.get(0).address()).isEqualTo("wave.acmewave.example");

    assertThat(get(initech.endpoint.discover(ACME, TIMEOUT))).isEqualTo("wave.acmewave.example");
    get(initech.endpoint.ping(ACME, TIMEOUT));
    HistoryRequest history =
        new HistoryRequest(WAVELET, VERSION, VERSION, OptionalLong.of(300_000));
    assertThat(get(initech.endpoint.history(ACME, history, TIMEOUT)).appliedDeltas().get(1).size())
        .isEqualTo(200_000);
    assertThat(both.acme().handler().received).contains(history);
  }

  @Test
  void bothWaysShouldWorkWhenBothShowGoodCertificates() throws Exception {
    Both both = start(true);
    bothWaysWork(both);
    awaitOutput(both.server(), sign(true));
    ProbeReport report = get(both.acme().transport().probe(ACME, INITECH, true));
    assertThat(report.address()).contains("wave.initech.example");
  }

  @Test
  void bothWaysShouldWorkByDialbackWhenNobodyTrustsACertificate() throws Exception {
    Both both = start(false);
    bothWaysWork(both);
    awaitOutput(both.server(), sign(false));
    assertThat(both.server().output()).doesNotContain(sign(true));
  }

  @Test
  void manyCallsShouldBeAnsweredWhenTheyAreMadeAtOnce() throws Exception {
    Both both = start(true);
    List<CompletionStage<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      calls.add(both.acme().transport().update(THERE, UPDATE, TIMEOUT));
    }
    for (CompletionStage<Void> call : calls) {
      get(call);
    }
    assertThat(both.initech().handler.received).filteredOn(UPDATE::equals).hasSize(90);
  }

  private static <T> T get(CompletionStage<T> call)
      throws InterruptedException, ExecutionException, TimeoutException {
    return call.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
