// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.wavefed.transport.component.Organisation.TIMEOUT;
import static org.wavefed.transport.component.Organisation.update;
import static org.wavefed.transport.component.Outcome.await;
import static org.wavefed.transport.component.Outcome.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.model.Bytes;
import org.wavefed.testkit.lab.EjabberdServer;
import org.wavefed.testkit.lab.KnotServer;
import org.wavefed.testkit.lab.LabCertificates;
import org.wavefed.testkit.lab.LabProcess;
import org.wavefed.testkit.lab.ProsodyServer;
import org.wavefed.testkit.lab.ProsodyServer.Settings;
import org.wavefed.transport.FailureReason;
import org.wavefed.xmpp.netty.IoThreads;

/**
 * Real ejabberds that federate with TLS with a real Prosody and with each other, and find each
 * other by a real DNS server. The one of {@code globex.example} runs what {@code docs/ejabberd.md}
 * shows; the Prosody of {@code stranger.example} has a certificate that nobody trusts, and trusts
 * everybody.
 */
class EjabberdTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";
  private static final String GLOBEX = "globex.example";
  private static final String STRANGER = "stranger.example";
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir private static Path folder;
  private static final List<AutoCloseable> servers = new ArrayList<>();
  private static EjabberdServer acmeServer;
  private static ProsodyServer initechServer;
  private static EjabberdServer globexServer;
  private static ProsodyServer strangerServer;

  private final IoThreads threads = new IoThreads("wavefed-component");
  private final List<AutoCloseable> open = new ArrayList<>();
  private Organisation acme;
  private Organisation initech;

  @BeforeAll
  static void startServers() throws IOException {
    assumeTrue(EjabberdServer.isInstalled(), "ejabberd is not installed: skipped");
    for (String program : List.of("prosody", "knotd", "openssl")) {
      assumeTrue(LabProcess.isInstalled(program), program + " is not installed: skipped");
    }
    Settings acme = Settings.onFreePorts(ACME, "first secret");
    Settings initech = Settings.onFreePorts(INITECH, "second secret");
    Settings globex = Settings.onFreePorts(GLOBEX, "third secret");
    Settings stranger = Settings.onFreePorts(STRANGER, "fourth secret");
    Settings refusing = Settings.onFreePorts("refusing.example", "of nobody");
    KnotServer dns = dns(acme, initech, globex, stranger, refusing);
    LabCertificates trusted = LabCertificates.create(folder.resolve("tls"));
    LabCertificates others = LabCertificates.create(folder.resolve("other-tls"));
    trusted.issue(GLOBEX);
    acmeServer = closed(EjabberdServer.start(folder.resolve("acme"), acme, trusted, dns));
    initechServer = closed(ProsodyServer.start(folder.resolve("initech"), initech, trusted, dns));
    globexServer =
        closed(
            EjabberdServer.startWith(
                folder.resolve("globex"), globex, guided(globex, trusted), dns));
    strangerServer =
        closed(ProsodyServer.start(folder.resolve("stranger"), stranger, others, dns, false));
  }

  private static KnotServer dns(Settings... hosts) throws IOException {
    Files.createDirectories(folder.resolve("dns"));
    return closed(
        KnotServer.startWith(
            folder.resolve("dns"),
            Stream.of(hosts).flatMap(host -> EjabberdServer.zone(host.host()).stream()).toList()));
  }

  /** What the guide shows, for that server. */
  private static String guided(Settings settings, LabCertificates certificates) throws IOException {
    String domain = settings.domain();
    return Files.readString(Path.of("../../docs/ejabberd.md"))
        .replaceAll("(?s).*```yaml\n(.*?)```.*", "$1")
        .replace("/etc/ejabberd/acmewave.example.crt", certificates.certificate(domain).toString())
        .replace("/etc/ejabberd/acmewave.example.key", certificates.key(domain).toString())
        .replace("/etc/ssl/certs/ca-certificates.crt", certificates.authority().toString())
        .replace(ACME, domain)
        .replace("\"::\"", '"' + settings.address() + '"')
        .replace("port: 5269", "port: " + settings.serverPort())
        .replace("port: 5347", "port: " + settings.componentPort())
        .replace("changeme", settings.secret());
  }

  private static <T extends AutoCloseable> T closed(T server) {
    servers.add(0, server);
    return server;
  }

  @AfterAll
  static void stopServers() throws Exception {
    for (AutoCloseable server : servers) {
      server.close();
    }
    servers.clear();
  }

  @BeforeEach
  void connect() {
    acme = connected(acmeServer.settings());
    initech = connected(initechServer.settings());
  }

  @AfterEach
  void disconnect() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    threads.close();
  }

  private Organisation connected(Settings server) {
    Organisation organisation = Organisation.of(server, threads);
    open.add(organisation);
    await(organisation::isConnected);
    return organisation;
  }

  @Test
  void everyCallShouldArriveAndBeAnswered() {
    acme.callsAndIsCalledBy(initech);
    initech.callsAndIsCalledBy(acme);
  }

  @Test
  void everyCallShouldArriveAndBeAnsweredWhenTheServerRunsWhatTheGuideShows() {
    Organisation globex = connected(globexServer.settings());
    globex.callsAndIsCalledBy(initech);
    acme.callsAndIsCalledBy(globex);
  }

  @Test
  void callShouldSayWhatIsWrongWhenThePeerCannotBeReached() {
    assertThat(failure(acme.pings("nosuch.example")))
        .hasMessageContaining("DNS lookup failed")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.NO_SUCH_DOMAIN));
    assertThat(failure(acme.pings("refusing.example")))
        .hasMessageContaining("connection refused")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.REMOTE_SERVER_TIMEOUT));
  }

  @Test
  void serversShouldNotFederateWhenACertificateIsNotTrusted() {
    Organisation globex = connected(globexServer.settings());
    Organisation stranger = connected(strangerServer.settings());
    assertThat(failure(globex.pings(STRANGER)))
        .hasMessageContaining("Peer certificate rejected")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.REMOTE_SERVER_TIMEOUT));
    assertThat(failure(stranger.pings(GLOBEX))).hasMessageContaining("not-authorized");
    assertThat(stranger.handler().received).doesNotContain("ping");
    assertThat(globex.handler().received).doesNotContain("ping");
  }

  @Test
  void callShouldSayWhatIsWrongWhenThePeersWaveServerIsDown() {
    Outcome.of(initech.pings(ACME));
    Outcome.of(acme.pings(INITECH));
    acme.close();
    // ejabberd ends the stream for a stanza to a component that is gone, and tells nobody of it.
    await(() -> failure(shortPing(initech, ACME)).reason() != FailureReason.TIMED_OUT);
    assertThat(failure(shortPing(initech, ACME)))
        .hasMessageContaining("host-unknown")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.REMOTE_SERVER_TIMEOUT));
    Organisation again = connected(acmeServer.settings());
    Outcome.of(again.pings(INITECH));
    Outcome.of(initech.pings(ACME));
    initech.close();
    assertThat(failure(again.pings(INITECH)).reason())
        .isEqualTo(FailureReason.REMOTE_SERVER_TIMEOUT);
  }

  @Test
  void transportShouldNotServeWhenTheSecretIsWrong() {
    acme.close();
    Organisation wrong = Organisation.of(acmeServer.settings(), "wrong", threads);
    open.add(wrong);
    await(() -> outputOf(acmeServer).contains("Failed external component handshake"));
    assertThat(failure(wrong.pings(INITECH)).reason()).isEqualTo(FailureReason.NOT_CONNECTED);
    assertThat(wrong.isConnected()).isFalse();
  }

  @Test
  void transportShouldComeBackWhenItsServerDoes() throws IOException {
    Outcome.of(acme.pings(INITECH));
    Outcome.of(initech.pings(ACME));
    acmeServer.stop();
    try {
      await(() -> !acme.isConnected());
      assertThat(failure(acme.pings(INITECH)).reason()).isEqualTo(FailureReason.NOT_CONNECTED);
      assertThat(failure(initech.pings(ACME)))
          .hasMessageContaining("connection refused")
          .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.REFUSED));
    } finally {
      acmeServer.startAgain();
    }
    await(acme::isConnected);
    Outcome.of(acme.pings(INITECH));
    Outcome.of(initech.pings(ACME));
  }

  @Test
  void stanzaShouldArriveWhenItIsAsLargeAsTheServersTake() {
    Bytes large = Bytes.copyOf(new byte[5_000_000]);
    Outcome.of(acme.transport().update(acme.to(INITECH), update(large), TIMEOUT));
    Outcome.of(initech.transport().update(initech.to(ACME), update(large), TIMEOUT));
    assertThat(initech.handler().received).contains(update(large));
    assertThat(acme.handler().received).contains(update(large));
  }

  @Test
  void onlyTheStanzaShouldBeLostWhenItIsLargerThanTheServersTake() {
    Bytes tooLarge = Bytes.copyOf(new byte[500_000]);
    Organisation globex = connected(globexServer.settings());
    Outcome.of(globex.pings(INITECH));
    assertThat(failure(globex.transport().update(globex.to(INITECH), update(tooLarge), TIMEOUT)))
        .hasMessageContaining("XML stanza is too big")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.NOT_CONNECTED));
    assertThat(globex.handler().received).contains("connected " + GLOBEX);
    globex.handler().received.clear();
    await(() -> globex.handler().received.contains("connected " + GLOBEX));
    Outcome.of(globex.pings(INITECH));

    assertThat(failure(initech.transport().update(initech.to(GLOBEX), update(tooLarge), SHORT)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.TIMED_OUT));
    Outcome.of(initech.pings(GLOBEX));
  }

  private static CompletionStage<Void> shortPing(Organisation from, String to) {
    return from.transport().ping(from.to(to), SHORT);
  }

  private static String outputOf(EjabberdServer server) {
    try {
      return server.output();
    } catch (IOException e) {
      return fail("no output", e);
    }
  }
}
