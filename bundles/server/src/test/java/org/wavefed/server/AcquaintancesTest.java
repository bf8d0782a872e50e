// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.wavefed.server.TestServer.LIMITS;
import static org.wavefed.server.TestServer.PATIENCE;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.federation.PeerTransports.Reason;
import org.wavefed.federation.Peers.PeerStatus;
import org.wavefed.federation.Peers.State;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.federation.InProcessNetwork;

/** What a server that was started again knows of its peers. */
class AcquaintancesTest {
  private static final String INITECH = "initech.example";

  /** More than there are places for peers that were never heard from. */
  private static final int STRANGERS = 12;

  private final InProcessNetwork network = new InProcessNetwork(4);
  private final TestServer acme = new TestServer(network, patient(), "acmewave.example");
  private final TestServer initech = new TestServer(network, INITECH);
  private final ParticipantId alice = acme.user("alice");
  private final ParticipantId peter = initech.user("peter");

  @AfterEach
  void stop() {
    network.close();
    acme.close();
    initech.close();
  }

  /** Who does not answer keeps its place for as long as the test may take. */
  private static Limits patient() {
    return new Limits(
        LIMITS.openWavelets(),
        LIMITS.waitingPerWavelet(),
        LIMITS.recentDeltas(),
        LIMITS.snapshotEvery(),
        LIMITS.watcherBacklog(),
        LIMITS.listedWavelets(),
        LIMITS.updateDeltas(),
        LIMITS.updateBytes(),
        LIMITS.updatesPerPeer(),
        LIMITS.historyBytes(),
        LIMITS.deltaBytes(),
        LIMITS.deltaAdds(),
        LIMITS.waveletParticipants() + STRANGERS,
        LIMITS.waveletDomains() + STRANGERS,
        LIMITS.callsInHand(),
        Duration.ofMinutes(5),
        LIMITS.submitTimeout(),
        LIMITS.absence());
  }

  @Test
  void peerOfOldShouldNotWaitBehindStrangersWhenTheServerStartsAgain() {
    WaveletName shared = acme.create(alice);
    initech.readFrom(peter, shared, acme.add(alice, shared, peter).resulting().version());
    await().atMost(PATIENCE).until(() -> acme.server().waiting(INITECH, 1).isEmpty());
    network.down(INITECH);
    WaveletName news = acme.create(alice);
    for (int i = 0; i < STRANGERS; i++) {
      String silent = "a" + i + ".invalid";
      network.serve(silent, ForgedHost.silent(silent));
      acme.add(alice, news, new ParticipantId("x@" + silent));
    }
    long version = acme.add(alice, news, peter).resulting().version();
    acme.stop();
    network.up(INITECH);
    acme.startAgain();
    initech.readFrom(peter, news, version);
  }

  @Test
  void hostsAndThoseThatHaveAcknowledgedShouldBeKnownWhenTheServerStartsAgain() {
    WaveletName ours = acme.create(alice);
    acme.add(alice, ours, new ParticipantId("x@a.invalid"));
    initech.readFrom(peter, ours, acme.add(alice, ours, peter).resulting().version());
    await().atMost(PATIENCE).until(() -> acme.server().waiting(INITECH, 1).isEmpty());
    List<TestServer> both = List.of(acme, initech);
    both.forEach(TestServer::stop);
    initech.startAgain();
    await().atMost(PATIENCE).until(() -> domains(initech).contains("acmewave.example"));
    network.down("acmewave.example");
    acme.startAgain();
    await().atMost(PATIENCE).until(() -> domains(acme).contains(INITECH));
    PeerStatus known =
        acme.server().list().stream().filter(it -> it.domain().equals(INITECH)).findFirst().get();
    assertThat(known.state()).isEqualTo(State.UNKNOWN);
    assertThat(known.lastHeard()).isEmpty();
  }

  @Test
  void everyKnownPeerShouldHaveATransportWhenTheServerStartsAgain() {
    WaveletName ours = acme.create(alice);
    initech.readFrom(peter, ours, acme.add(alice, ours, peter).resulting().version());
    await().atMost(PATIENCE).until(() -> acme.server().waiting(INITECH, 1).isEmpty());
    acme.stop();
    acme.startAgain();
    await().atMost(PATIENCE).until(() -> domains(acme).contains(INITECH));
    assertFirst(acme, "acmewave.example", INITECH);
  }

  @Test
  void peerThatNeverAnsweredShouldBeCalledByTheDomainWhoseWaveWaitsForIt() {
    network.serve("a.invalid", ForgedHost.silent("a.invalid"));
    try (TestServer two = new TestServer(network, "first.example", "second.example")) {
      ParticipantId second = new ParticipantId("alice@second.example");
      two.add(second, two.create(second), new ParticipantId("x@a.invalid"));
      assertFirst(two, "second.example", "a.invalid");
    }
  }

  private static void assertFirst(TestServer server, String from, String to) {
    assertThat(server.server().uses())
        .singleElement()
        .satisfies(
            use -> {
              assertThat(use.localDomain()).isEqualTo(from);
              assertThat(use.peerDomain()).isEqualTo(to);
              assertThat(use.kind()).isPresent();
              assertThat(use.reason()).isEqualTo(Reason.FIRST);
            });
  }

  private static List<String> domains(TestServer server) {
    return server.server().list().stream().map(PeerStatus::domain).toList();
  }
}
