// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.wavefed.server.TestServer.PATIENCE;
import static org.wavefed.server.TestServer.awaitSame;
import static org.wavefed.server.TestServer.text;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.federation.Peers.PeerStatus;
import org.wavefed.federation.Peers.State;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.federation.Faults;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.testkit.federation.InProcessNetwork.Sent;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.Peer;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/** Deliveries over restarts, outages and a lossy network. */
class DeliveryTest {
  private final InProcessNetwork network = new InProcessNetwork(2);
  private final TestServer acme = new TestServer(network, "acmewave.example");
  private final TestServer initech = new TestServer(network, "initech.example");
  private final ParticipantId alice = acme.user("alice");
  private final ParticipantId peter = initech.user("peter");

  @AfterEach
  void stop() {
    network.close();
    acme.close();
    initech.close();
  }

  private WaveletName shared() {
    WaveletName wave = acme.create(alice);
    long version = acme.add(alice, wave, peter).resulting().version();
    initech.readFrom(peter, wave, version);
    return wave;
  }

  @Test
  void peerShouldCatchUpInFewUpdatesWhenItComesBack() {
    WaveletName wave = shared();
    network.down("initech.example");
    for (int i = 0; i < 23; i++) {
      acme.write(alice, wave, "x");
    }
    await().atMost(PATIENCE).until(() -> peer(acme).state() == State.DOWN);
    assertThat(peer(acme).waiting()).isEqualTo(1);
    assertThat(peer(acme).lastError()).contains("initech.example is down");
    assertThat(acme.server().waiting("", 10))
        .singleElement()
        .satisfies(waiting -> assertThat(waiting.wavelet()).isEqualTo(wave));
    int before = updates(wave).size();
    network.up("initech.example");
    acme.server().tryNow("initech.example");
    awaitSame(wave, acme, alice, initech, peter);
    await().atMost(PATIENCE).until(() -> acme.server().waiting("initech.example", 10).isEmpty());
    assertThat(updates(wave).size() - before).as("5 deltas in each update").isBetween(5, 7);
    assertThat(peer(acme).state()).isEqualTo(State.UP);
  }

  @Test
  void storeShouldNotBeReadWhenThePeerHasAllButTheNewestDelta() {
    WaveletName wave = shared();
    awaitSame(wave, acme, alice, initech, peter);
    await().atMost(PATIENCE).until(() -> acme.server().waiting("initech.example", 10).isEmpty());
    int before = acme.store.reads.get();
    for (int i = 0; i < 5; i++) {
      acme.write(alice, wave, "x");
      await().atMost(PATIENCE).until(() -> acme.server().waiting("initech.example", 10).isEmpty());
    }
    awaitSame(wave, acme, alice, initech, peter);
    assertThat(acme.store.reads.get() - before).isZero();
  }

  @Test
  void waitingDeltasShouldBeTriedAtOnceWhenThePeerIsHeardFrom() {
    WaveletName wave = shared();
    network.down("initech.example");
    acme.write(alice, wave, "one");
    await().atMost(PATIENCE).until(() -> peer(acme).state() == State.DOWN);
    network.up("initech.example");
    acme.server().pinged(InProcessNetwork.peer("initech.example", "acmewave.example"));
    awaitSame(wave, acme, alice, initech, peter);
  }

  @Test
  void refusedDeltasShouldGoSoonWhenTheirPeerSubmitsToTheWavelet() {
    WaveletName wave = shared();
    Refusing peer = new Refusing(initech.server());
    network.serve("initech.example", peer);
    acme.write(alice, wave, "refused");
    for (int refusals = 1; refusals <= 10; refusals++) {
      int all = refusals;
      await().atMost(PATIENCE).until(() -> peer.refusals.get() >= all && waitsForTime());
      acme.server().tryNow("initech.example");
    }
    await().atMost(PATIENCE).until(this::waitsForMinutes);
    peer.refuses = false;
    initech.write(peter, wave, "mine");
    await().atMost(PATIENCE).until(() -> acme.server().waiting("initech.example", 10).isEmpty());
    awaitSame(wave, acme, alice, initech, peter);
  }

  private boolean waitsForTime() {
    return peer(acme).nextTry().isPresent();
  }

  private boolean waitsForMinutes() {
    return peer(acme)
        .nextTry()
        .filter(Instant.now().plus(PATIENCE.multipliedBy(2))::isBefore)
        .isPresent();
  }

  /** A peer that takes no updates for a while. */
  private static final class Refusing extends PassingHandler {
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean refuses = true;

    Refusing(FederationHandler server) {
      super(server);
    }

    @Override
    public CompletionStage<Void> update(Peer peer, WaveletUpdate update) {
      if (!refuses) {
        return super.update(peer, update);
      }
      refusals.incrementAndGet();
      return CompletableFuture.failedStage(
          new FederationException(FailureReason.RESOURCE_CONSTRAINT, "the disk is full"));
    }
  }

  @Test
  void deliveriesShouldBeTriedAgainAndAgainWhenNobodyGivesAHint() {
    WaveletName wave = shared();
    network.down("initech.example");
    int before = updates(wave).size();
    acme.write(alice, wave, "one");
    await().atMost(PATIENCE).until(() -> updates(wave).size() >= before + 3);
    network.up("initech.example");
    awaitSame(wave, acme, alice, initech, peter);
  }

  @Test
  void nextAlarmShouldBeSetWhenADeliveryFailsBeforeItsAlarmHasRung() {
    WaveletName wave = shared();
    network.down("initech.example");
    acme.store.readsAtOnce = true;
    int before = updates(wave).size();
    acme.write(alice, wave, "one");
    await().atMost(PATIENCE).until(() -> updates(wave).size() >= before + 3);
  }

  @Test
  void deliveriesShouldGoOnWhenTheHostStartsAgain() {
    WaveletName wave = shared();
    network.down("initech.example");
    acme.write(alice, wave, "before");
    acme.stop();
    network.up("initech.example");
    acme.startAgain();
    awaitSame(wave, acme, alice, initech, peter);
    assertThat(text(initech.read(peter, wave))).isEqualTo("before");
  }

  @Test
  void wavesShouldGoOnWhenBothStartAgainInTheMiddle() {
    WaveletName wave = shared();
    for (int i = 0; i < 30; i++) {
      acme.write(alice, wave, "a");
      initech.write(peter, wave, "b");
    }
    initech.stop();
    acme.write(alice, wave, "c");
    acme.stop();
    acme.startAgain();
    initech.startAgain();
    acme.server().tryNow("initech.example");
    awaitSame(wave, acme, alice, initech, peter);
    initech.write(peter, wave, "d");
    awaitSame(wave, acme, alice, initech, peter);
    assertThat(text(acme.read(alice, wave))).hasSize(62);
  }

  @Test
  void newPeerShouldFetchTheWholeHistoryInPartsWhenItIsAdded() {
    WaveletName wave = acme.create(alice);
    for (int i = 0; i < 60; i++) {
      acme.write(alice, wave, "some text that makes history long ");
    }
    long version = acme.add(alice, wave, peter).resulting().version();
    initech.readFrom(peter, wave, version);
    awaitSame(wave, acme, alice, initech, peter);
    assertThat(calls("history").size()).isGreaterThan(3);
  }

  @Test
  void gapShouldBeFilledWhenAnUpdateOvertakesOthers() {
    WaveletName wave = shared();
    network.faults(new Faults(1, 0, 0, 0));
    for (int i = 0; i < 5; i++) {
      acme.write(alice, wave, "lost");
    }
    int history = calls("history").size();
    network.faults(Faults.NONE);
    // The peer hears of the newest delta alone, as from a server that sends nothing twice.
    WaveletUpdate newest = newestOnly(wave);
    TestServer.await(
        initech
            .server()
            .update(InProcessNetwork.peer("acmewave.example", "initech.example"), newest));
    assertThat(calls("history").size()).isGreaterThan(history);
    assertThat(initech.read(peter, wave).version()).isEqualTo(acme.read(alice, wave).version());
  }

  @Test
  void removedDomainShouldHearOfItsLastRemovalWhenItCameAndWentWhileItWasDown() {
    WaveletName wave = shared();
    network.down("initech.example");
    for (int i = 0; i < 3; i++) {
      acme.remove(alice, wave, peter);
      acme.write(alice, wave, "x");
      acme.add(alice, wave, peter);
    }
    HashedVersion removal = acme.remove(alice, wave, peter).resulting();
    acme.write(alice, wave, "secret");
    network.up("initech.example");
    acme.server().tryNow("initech.example");
    await().atMost(PATIENCE).until(() -> cursors(acme).isEmpty());
    assertThat(TestServer.await(initech.store.head(wave))).contains(removal);
  }

  @Test
  void waveletShouldComeIntoBeingWhenTheDeltaThatAddsOursWasLostButALaterOneComes() {
    acme.server().removeTransport(acme.server().transports().get(0));
    WaveletName wave = acme.create(alice);
    acme.add(alice, wave, peter);
    acme.write(alice, wave, "later");
    TestServer.await(
        initech
            .server()
            .update(
                InProcessNetwork.peer("acmewave.example", "initech.example"), newestOnly(wave)));
    assertThat(initech.read(peter, wave).version()).isEqualTo(acme.read(alice, wave).version());
  }

  @Test
  void noticeBeyondOurVersionShouldFetchWhatIsMissing() {
    WaveletName wave = shared();
    network.faults(new Faults(1, 0, 0, 0));
    acme.write(alice, wave, "lost");
    network.faults(Faults.NONE);
    WaveletUpdate notice =
        new WaveletUpdate(wave, List.of(), Optional.of(acme.read(alice, wave).version()));
    TestServer.await(
        initech
            .server()
            .update(InProcessNetwork.peer("acmewave.example", "initech.example"), notice));
    assertThat(initech.read(peter, wave).version()).isEqualTo(acme.read(alice, wave).version());
  }

  @Test
  void updateShouldBeAcknowledgedWhenItsDeltasAreThereAlready() {
    WaveletName wave = shared();
    acme.write(alice, wave, "once");
    awaitSame(wave, acme, alice, initech, peter);
    WaveletUpdate again = newestOnly(wave);
    for (int i = 0; i < 3; i++) {
      TestServer.await(
          initech
              .server()
              .update(InProcessNetwork.peer("acmewave.example", "initech.example"), again));
    }
    assertThat(text(initech.read(peter, wave))).isEqualTo("once");
  }

  @Test
  void removedDomainShouldGetItsRemovalAndNothingAfterIt() {
    WaveletName wave = shared();
    acme.write(alice, wave, "seen");
    long removal = acme.remove(alice, wave, peter).resulting().version();
    await().atMost(PATIENCE).until(() -> cursors(acme).isEmpty());
    acme.write(alice, wave, "not seen");
    assertThat(updates(wave))
        .allSatisfy(
            update ->
                assertThat(update.committed().orElseThrow().version())
                    .isLessThanOrEqualTo(removal));
    assertThatThrownBy(() -> initech.read(peter, wave))
        .isInstanceOfSatisfying(
            WaveException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SUCH_WAVELET));
    // Added again, the peer gets what it missed.
    long added = acme.add(alice, wave, peter).resulting().version();
    assertThat(text(initech.readFrom(peter, wave, added))).isEqualTo("seennot seen");
    acme.write(alice, wave, "!");
    awaitSame(wave, acme, alice, initech, peter);
  }

  private static PeerStatus peer(TestServer server) {
    return server.server().list().stream()
        .filter(status -> status.domain().equals("initech.example"))
        .findFirst()
        .orElseThrow();
  }

  private static List<?> cursors(TestServer server) {
    return TestServer.await(server.store.cursors(Optional.empty(), 100));
  }

  private WaveletUpdate newestOnly(WaveletName wave) {
    var head = acme.read(alice, wave).version();
    var last = TestServer.await(acme.store.endingAt(wave, head.version())).orElseThrow();
    return new WaveletUpdate(wave, List.of(last.applied()), Optional.empty());
  }

  private List<Sent> calls(String name) {
    return network.sent().stream().filter(sent -> sent.call().equals(name)).toList();
  }

  private List<WaveletUpdate> updates(WaveletName wave) {
    return calls("update").stream()
        .map(sent -> (WaveletUpdate) sent.content())
        .filter(update -> update.wavelet().equals(wave))
        .toList();
  }
}
