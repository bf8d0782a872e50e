// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.testkit.lab.KnotServer;
import org.wavefed.testkit.lab.LabCertificates;
import org.wavefed.testkit.lab.LabProcess;
import org.wavefed.testkit.lab.ProsodyServer;
import org.wavefed.transport.Route;

/** Prosody with mod_s2s_bidi (XEP-0288): one of the two servers cannot be found by the other. */
class ProsodyBidirectionalTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";
  private static final Route THERE = new Route(ACME, INITECH);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private LabCertificates certificates;
  private ProsodyServer.Settings settings;
  private Lab lab;
  private Lab.Server acme;

  @BeforeAll
  static void programs() {
    for (String program : List.of("prosody", "knotd", "openssl")) {
      assumeTrue(LabProcess.isInstalled(program), program + " is not installed: skipped");
    }
  }

  @BeforeEach
  void start() throws Exception {
    certificates = LabCertificates.create(folder.resolve("tls"));
    certificates.issue(ACME);
    lab = keep(new Lab(authority(certificates.authority())));
    TlsIdentity identity = TlsIdentity.read(certificates.certificate(ACME), certificates.key(ACME));
    acme = lab.start(Map.of(ACME, identity), Lab.CERTIFICATES);
    settings = ProsodyServer.Settings.onFreePorts(INITECH, "secret");
  }

  @AfterEach
  void stop() throws Exception {
    while (!open.isEmpty()) {
      open.removeLast().close();
    }
  }

  private <T extends AutoCloseable> T keep(T one) {
    open.addLast(one);
    return one;
  }

  private static X509Certificate authority(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private TestComponent prosody(boolean findsUs, boolean bidirectional) throws Exception {
    Files.createDirectories(folder.resolve("dns"));
    KnotServer dns =
        keep(
            KnotServer.start(
                folder.resolve("dns"),
                List.of(
                    new KnotServer.Host(
                        findsUs ? ACME : "other.example", "127.0.0.1", acme.port()))));
    keep(
        ProsodyServer.start(
            folder.resolve("prosody"),
            settings,
            certificates,
            dns,
            text ->
                bidirectional
                    ? text.replace("\"s2s_auth_certs\"", "\"s2s_auth_certs\", \"s2s_bidi\"")
                    : text));
    return keep(new TestComponent(settings));
  }

  private static <T> T get(CompletionStage<T> call) throws Exception {
    return call.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void answersShouldComeOnOurStreamWhenProsodyCannotFindUs() throws Exception {
    TestComponent initech = prosody(false, true);
    lab.publish(INITECH, settings.serverPort(), false);
    get(acme.transport().ping(THERE, TIMEOUT));
    assertThat(initech.handler.received).contains("ping");
  }

  @Test
  void answersShouldNotComeWhenProsodyDoesNotAgreeAndCannotFindUs() throws Exception {
    prosody(false, false);
    lab.publish(INITECH, settings.serverPort(), false);
    assertThatThrownBy(() -> get(acme.transport().ping(THERE, Duration.ofSeconds(4))))
        .hasMessageContaining(INITECH);
  }

  @Test
  void answersShouldGoOnProsodysStreamWhenWeCannotFindIt() throws Exception {
    TestComponent initech = prosody(true, true);
    get(initech.endpoint.ping(ACME, TIMEOUT));
    assertThat(acme.handler().received).contains("ping");
    assertThat(lab.dns.asked).noneMatch(name -> name.endsWith(INITECH));
  }
}
