// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.lab.KnotServer;
import org.wavefed.testkit.lab.LabCertificates;
import org.wavefed.testkit.lab.LabProcess;
import org.wavefed.testkit.lab.ProsodyServer;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.ProbeReport;
import org.wavefed.transport.Route;
import org.wavefed.transport.WaveletUpdate;

/** A real Prosody at the other end, with a wave service as its component. */
class ProsodyTest {
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

  @BeforeAll
  static void programs() {
    for (String program : List.of("prosody", "knotd", "openssl")) {
      assumeTrue(LabProcess.isInstalled(program), program + " is not installed: skipped");
    }
  }

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

  private record Both(Lab.Server acme, TestComponent initech, ProsodyServer prosody) {}

  /** Wavefed for the one domain, Prosody and a component for the other. */
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
        keep(
            KnotServer.start(
                folder.resolve("dns"),
                List.of(settings.host(), new KnotServer.Host(ACME, "127.0.0.1", acme.port()))));
    ProsodyServer prosody =
        keep(ProsodyServer.start(folder.resolve("prosody"), settings, certificates, knot, trusted));
    return new Both(acme, keep(new TestComponent(settings)), prosody);
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
    assertThat(both.prosody().output()).contains("EXTERNAL");
    ProbeReport report = get(both.acme().transport().probe(ACME, INITECH, true));
    assertThat(report.address()).contains("wave.initech.example");
  }

  @Test
  void bothWaysShouldWorkByDialbackWhenNobodyTrustsACertificate() throws Exception {
    Both both = start(false);
    bothWaysWork(both);
    assertThat(both.prosody().output()).contains("connection").doesNotContain("EXTERNAL");
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
