// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.wavefed.server.TestServer.LIMITS;
import static org.wavefed.server.TestServer.PATIENCE;
import static org.wavefed.server.TestServer.text;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.testkit.federation.Faults;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.transport.FailureReason;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.Watcher;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;
import org.wavefed.wave.WaveService.Watch;
import org.wavefed.wave.WaveletChange;
import org.wavefed.wave.WaveletSnapshot;
import org.wavefed.wave.WaveletSummary;

/** What users do, and what they are told. */
class UserTest {
  private final InProcessNetwork network = new InProcessNetwork(4);
  private final TestServer acme =
      new TestServer(network, "acmewave.example", "second.acmewave.example");
  private final TestServer initech = new TestServer(network, "initech.example");
  private final ParticipantId alice = acme.user("alice");
  private final ParticipantId bob = acme.user("bob");
  private final ParticipantId peter = initech.user("peter");

  @AfterEach
  void stop() {
    network.close();
    acme.close();
    initech.close();
  }

  // ---- reading

  @Test
  void newWaveShouldHaveItsCreatorAnEmptyBlipAndAGoodName() {
    WaveletName wave = acme.create(alice);
    assertThat(wave.toUri()).matches("wave://acmewave.example/w\\+[A-Za-z0-9_-]{12}/conv\\+root");
    WaveletSnapshot now = acme.read(alice, wave);
    assertThat(now.state().participants()).containsExactly(alice);
    assertThat(text(now)).isEmpty();
    assertThat(TestServer.firstBlip(now)).startsWith("b+");
  }

  @Test
  void waveShouldBeReadableAtEveryDeltaAndNowhereElse() {
    WaveletName wave = acme.create(alice);
    List<HashedVersion> versions = new ArrayList<>();
    versions.add(acme.read(alice, wave).version());
    for (int i = 0; i < 40; i++) {
      versions.add(acme.write(alice, wave, "x").resulting());
    }
    for (int i = 0; i < versions.size(); i += 8) {
      WaveletSnapshot then =
          TestServer.await(acme.server().readAt(alice, wave, versions.get(i).version()));
      assertThat(then.version()).isEqualTo(versions.get(i));
      assertThat(text(then)).hasSize(i);
    }
    refused(
        () -> TestServer.await(acme.server().readAt(alice, wave, 1)),
        Reason.NO_SUCH_VERSION,
        "version 1");
    refused(
        () -> TestServer.await(acme.server().readAt(alice, wave, 9_999)),
        Reason.NO_SUCH_VERSION,
        "version 9999");
  }

  @Test
  void historyShouldGiveEveryChangeInOrder() {
    WaveletName wave = acme.create(alice);
    for (int i = 0; i < 12; i++) {
      acme.write(alice, wave, "x");
    }
    List<WaveletChange> all = TestServer.await(acme.server().history(alice, wave, 0, 100));
    assertThat(all).hasSize(13);
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).appliedAt()).isEqualTo(all.get(i - 1).resulting());
    }
    List<WaveletChange> part =
        TestServer.await(acme.server().history(alice, wave, all.get(3).appliedAt().version(), 2));
    assertThat(part).isEqualTo(all.subList(3, 5));
  }

  @Test
  void listShouldHaveTheUsersWavesNewestChangeFirst() {
    WaveletName first = acme.create(alice);
    WaveletName second = acme.create(alice);
    acme.create(bob);
    acme.write(alice, first, "Lunch?\nAt noon");
    assertThat(list(alice))
        .extracting(WaveletSummary::wavelet)
        .containsExactlyInAnyOrder(first, second);
    assertThat(list(alice).stream().filter(it -> it.wavelet().equals(first)))
        .singleElement()
        .satisfies(it -> assertThat(it.title()).isEqualTo("Lunch?"));
    acme.stop();
    acme.startAgain();
    assertThat(list(alice)).hasSize(2);
    assertThat(list(alice).stream().filter(it -> it.wavelet().equals(first)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.title()).isEqualTo("Lunch?");
              assertThat(it.hosted()).isTrue();
            });
  }

  private List<WaveletSummary> list(ParticipantId user) {
    return TestServer.await(acme.server().list(user, 10));
  }

  // ---- access

  @Test
  void waveShouldLookAbsentToOthersAndRefuseForeignUsers() {
    WaveletName wave = acme.create(alice);
    refused(() -> acme.read(bob, wave), Reason.NO_SUCH_WAVELET, "there is no wavelet");
    refused(() -> acme.read(peter, wave), Reason.FOREIGN_USER, "peter@initech.example");
    refused(
        () -> acme.read(alice, WaveletName.parseUri("wave://acmewave.example/w+none/conv+root")),
        Reason.NO_SUCH_WAVELET,
        "there is no wavelet");
    HashedVersion now = acme.read(alice, wave).version();
    refused(
        () ->
            TestServer.await(
                acme.server().submit(bob, wave, now, List.of(new AddParticipant(bob)))),
        Reason.NOT_ALLOWED,
        "not a participant");
  }

  @Test
  void everyoneOfADomainShouldWriteWhenTheDomainIsAParticipant() {
    WaveletName wave = acme.create(alice);
    acme.add(alice, wave, new ParticipantId("@acmewave.example"));
    acme.write(bob, wave, "hi");
    assertThat(text(acme.read(alice, wave))).isEqualTo("hi");
  }

  @Test
  void domainsOfOneServerShouldShareWavesWithoutFederation() {
    ParticipantId dora = new ParticipantId("dora@second.acmewave.example");
    WaveletName wave = acme.create(alice);
    acme.add(alice, wave, dora);
    acme.write(dora, wave, "hi");
    WaveletName other = acme.create(dora);
    assertThat(other.host()).isEqualTo("second.acmewave.example");
    acme.add(dora, other, alice);
    acme.write(alice, other, "ho");
    assertThat(text(acme.read(dora, other))).isEqualTo("ho");
    assertThat(network.sent()).isEmpty();
  }

  // ---- writing

  @Test
  void submitShouldGiveTheFirstResultWhenItIsRepeated() {
    WaveletName wave = acme.create(alice);
    WaveletSnapshot before = acme.read(alice, wave);
    List<WaveletOperation> operations = TestServer.appending(alice, before, "once");
    Submitted first =
        TestServer.await(acme.server().submit(alice, wave, before.version(), operations));
    acme.write(alice, wave, " more");
    Submitted second =
        TestServer.await(acme.server().submit(alice, wave, before.version(), operations));
    assertThat(second).isEqualTo(first);
    assertThat(text(acme.read(alice, wave))).isEqualTo("once more");
  }

  @Test
  void staleSubmitShouldBeTransformedHoweverOldItsTargetIs() {
    WaveletName wave = acme.create(alice);
    WaveletSnapshot old = acme.read(alice, wave);
    for (int i = 0; i < 3 * LIMITS.recentDeltas(); i++) {
      acme.write(alice, wave, "x");
    }
    TestServer.await(
        acme.server()
            .submit(alice, wave, old.version(), TestServer.inserting(alice, old, 0, "start ")));
    assertThat(text(acme.read(alice, wave))).isEqualTo("start " + "x".repeat(24));
  }

  @Test
  void submitShouldBeRefusedWithALineThatSaysWhatIsWrong() {
    WaveletName wave = acme.create(alice);
    WaveletSnapshot now = acme.read(alice, wave);
    String blip = TestServer.firstBlip(now);
    invalid(now, wave, List.of(), "at least one operation");
    MutateDocument insert = new MutateDocument("note", DocOp.builder().characters("x").build());
    invalid(now, wave, List.of(insert, insert), "two operations on document note");
    MutateDocument emoji =
        new MutateDocument("note", DocOp.builder().characters("a\uD83D\uDE00").build());
    invalid(now, wave, List.of(emoji), "U+1F600");
    MutateDocument misfit = new MutateDocument(blip, DocOp.builder().retain(9_999).build());
    invalid(now, wave, List.of(misfit), "");
    invalid(now, wave, List.of(new AddParticipant(new ParticipantId("no address"))), "no address");
    String much = "x".repeat(LIMITS.deltaBytes());
    MutateDocument large = new MutateDocument("note", DocOp.builder().characters(much).build());
    invalid(now, wave, List.of(large), "too much at once");
    HashedVersion ahead = new HashedVersion(999, now.version().historyHash());
    refused(
        () -> TestServer.await(acme.server().submit(alice, wave, ahead, List.of(insert))),
        Reason.NO_SUCH_VERSION,
        "999");
    assertThat(acme.read(alice, wave).version()).isEqualTo(now.version());
  }

  private void invalid(
      WaveletSnapshot now, WaveletName wave, List<WaveletOperation> operations, String words) {
    refused(
        () -> TestServer.await(acme.server().submit(alice, wave, now.version(), operations)),
        Reason.INVALID_OPERATION,
        words);
  }

  @Test
  void nothingShouldBeLostOrHalfDoneWhenTheStoreRefusesForAWhile() {
    WaveletName wave = acme.create(alice);
    acme.write(alice, wave, "kept");
    HashedVersion before = acme.read(alice, wave).version();
    acme.store.full = true;
    refused(() -> acme.write(alice, wave, " lost"), Reason.UNAVAILABLE, "the disk is full");
    assertThat(acme.read(alice, wave).version()).isEqualTo(before);
    acme.store.full = false;
    acme.write(alice, wave, " again");
    assertThat(text(acme.read(alice, wave))).isEqualTo("kept again");
  }

  @Test
  void peerShouldHearNothingOfTheDiskWhenTheHostsStoreRefuses() {
    WaveletName wave = shared();
    acme.store.full = true;
    assertThatThrownBy(() -> initech.write(peter, wave, "x"))
        .hasMessageContaining("this server's store fails at the moment; try again later")
        .hasMessageNotContaining("disk");
  }

  @Test
  void nothingShouldBeSeenBeforeItIsDurableAndWaitingWritesShouldShareAnAppend() {
    WaveletName wave = acme.create(alice);
    HashedVersion before = acme.read(alice, wave).version();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    acme.store.gate = gate;
    int appends = acme.store.appends.get();
    List<CompletionStage<Submitted>> writes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      writes.add(acme.writing(alice, wave, "" + (char) ('A' + i)));
    }
    assertThat(writes).noneMatch(write -> write.toCompletableFuture().isDone());
    assertThat(acme.read(alice, wave).version()).isEqualTo(before);
    await().atMost(PATIENCE).until(() -> acme.store.appends.get() > appends);
    gate.complete(null);
    writes.forEach(TestServer::await);
    assertThat(text(acme.read(alice, wave))).hasSize(50);
    assertThat(acme.store.appends.get() - appends).isLessThan(20);
  }

  @Test
  void userShouldBeToldWhenThereIsNoStoreAndGoOnWhenThereIsOne() {
    WaveletName wave = acme.create(alice);
    acme.server().unsetStore(acme.store);
    refused(() -> acme.read(alice, wave), Reason.UNAVAILABLE, "no store");
    refused(() -> acme.create(alice), Reason.UNAVAILABLE, "no store");
    acme.server().setStore(acme.store);
    acme.write(alice, wave, "on");
    assertThat(text(acme.read(alice, wave))).isEqualTo("on");
  }

  @Test
  void manyMoreWavesThanFitInMemoryShouldStayUsable() {
    List<WaveletName> waves = new ArrayList<>();
    for (int i = 0; i < 2 * LIMITS.openWavelets() + 20; i++) {
      waves.add(acme.create(alice));
    }
    for (WaveletName wave : waves) {
      acme.write(alice, wave, "x");
    }
    assertThat(text(acme.read(alice, waves.get(0)))).isEqualTo("x");
  }

  // ---- watching

  @Test
  void watcherShouldSeeTheStateThenEveryChangeInOrder() {
    WaveletName wave = acme.create(alice);
    Recorder recorder = new Recorder();
    Watch watch = TestServer.await(acme.server().watch(alice, wave, recorder));
    for (int i = 0; i < 20; i++) {
      acme.write(alice, wave, "x");
    }
    await().atMost(PATIENCE).until(() -> recorder.changes.size() == 20);
    assertThat(recorder.opened.version()).isEqualTo(recorder.changes.get(0).appliedAt());
    watch.close();
    acme.write(alice, wave, "unseen");
    assertThat(recorder.changes).hasSize(20);
    assertThat(recorder.closed).isNull();
  }

  @Test
  void watcherShouldBeClosedAloneWhenItFallsTooFarBehind() throws InterruptedException {
    WaveletName wave = acme.create(alice);
    CountDownLatch release = new CountDownLatch(1);
    Recorder slow = new Recorder(release);
    Recorder quick = new Recorder();
    TestServer.await(acme.server().watch(alice, wave, slow));
    TestServer.await(acme.server().watch(alice, wave, quick));
    int many = LIMITS.watcherBacklog() + 100;
    WaveletSnapshot start = acme.read(alice, wave);
    for (int i = 0; i < many; i++) {
      TestServer.await(
          acme.server()
              .submit(
                  alice,
                  wave,
                  acme.read(alice, wave).version(),
                  List.of(
                      new MutateDocument("note" + i, DocOp.builder().characters("x").build()))));
    }
    release.countDown();
    await().atMost(PATIENCE).until(() -> slow.closed != null);
    assertThat(slow.closed).contains("too far behind");
    assertThat(slow.changes.size()).isLessThan(many);
    await().atMost(PATIENCE).until(() -> quick.changes.size() == many);
    assertThat(quick.opened.version()).isEqualTo(start.version());
  }

  @Test
  void watcherShouldBeClosedWhenTheUserIsRemovedOrTheStoreGoes() {
    WaveletName wave = acme.create(alice);
    acme.add(alice, wave, bob);
    Recorder removed = new Recorder();
    Recorder staying = new Recorder();
    TestServer.await(acme.server().watch(bob, wave, removed));
    TestServer.await(acme.server().watch(alice, wave, staying));
    acme.remove(alice, wave, bob);
    await().atMost(PATIENCE).until(() -> removed.closed != null);
    assertThat(removed.closed).contains("no longer a participant");
    assertThat(staying.closed).isNull();
    acme.server().unsetStore(acme.store);
    await().atMost(PATIENCE).until(() -> staying.closed != null);
    acme.server().setStore(acme.store);
  }

  // ---- writing in a wavelet of others

  @Test
  void userShouldBeToldThatNothingWasAcceptedWhenTheHostIsDown() {
    WaveletName wave = shared();
    network.down("acmewave.example");
    refused(() -> initech.write(peter, wave, "x"), Reason.HOST_UNREACHABLE, "not accepted");
    network.up("acmewave.example");
    initech.write(peter, wave, "y");
    assertThat(text(initech.read(peter, wave))).isEqualTo("y");
  }

  @Test
  void userShouldBeToldThatNothingWasAcceptedWhenTheHostsServerIsNotConnectedToItsXmppServer() {
    WaveletName wave = shared();
    network.down("acmewave.example", FailureReason.REMOTE_SERVER_TIMEOUT);
    refused(() -> initech.write(peter, wave, "x"), Reason.HOST_UNREACHABLE, "not accepted");
  }

  @Test
  void userShouldBeToldThatSubmittingAgainIsSafeWhenTheHostIsSilent() {
    WaveletName wave = shared();
    initech.write(peter, wave, "a");
    WaveletSnapshot now = initech.read(peter, wave);
    List<WaveletOperation> operations = TestServer.appending(peter, now, "b");
    network.faults(new Faults(0, 1, 0, 0));
    refused(
        () -> TestServer.await(initech.server().submit(peter, wave, now.version(), operations)),
        Reason.HOST_SILENT,
        "submitting the same again is safe");
    network.faults(Faults.NONE);
    TestServer.await(initech.server().submit(peter, wave, now.version(), operations));
    assertThat(text(initech.readFrom(peter, wave, now.version().version() + 1))).isEqualTo("ab");
  }

  @Test
  void signerShouldBePostedAgainWhenTheHostForgotIt() {
    WaveletName wave = shared();
    initech.write(peter, wave, "a");
    acme.crypto.forgetAll();
    initech.write(peter, wave, "b");
    assertThat(text(initech.read(peter, wave))).isEqualTo("ab");
    assertThat(network.sent().stream().filter(sent -> sent.call().equals("postSigner"))).hasSize(2);
  }

  @Test
  void submitShouldComeBackWithinTheAnswerWhenTheEchoIsLost() {
    WaveletName wave = shared();
    acme.server().removeTransport(acme.server().transports().get(0));
    initech.write(peter, wave, "mine");
    assertThat(text(initech.read(peter, wave))).isEqualTo("mine");
  }

  @Test
  void submitShouldComeBackLaterWhenItCannotBeFetchedAtOnce() {
    WaveletName wave = shared();
    SilentHistory host = silentHost();
    long written = initech.write(peter, wave, "mine").resulting().version();
    assertThat(initech.sees(peter, wave, written)).isFalse();
    host.answers = true;
    initech.readFrom(peter, wave, written);
    assertThat(text(initech.read(peter, wave))).isEqualTo("mine");
  }

  private SilentHistory silentHost() {
    acme.server().removeTransport(acme.server().transports().get(0));
    SilentHistory host = new SilentHistory(acme.server());
    network.serve("acmewave.example", host);
    return host;
  }

  @Test
  void submitShouldComeBackWhenTheStoreChangesBeforeItCanBeFetched() {
    WaveletName wave = shared();
    SilentHistory host = silentHost();
    long written = initech.write(peter, wave, "mine").resulting().version();
    initech.server().unsetStore(initech.store);
    initech.server().setStore(initech.store);
    host.answers = true;
    initech.readFrom(peter, wave, written);
    assertThat(text(initech.read(peter, wave))).isEqualTo("mine");
  }

  @Test
  void userShouldBeToldWhyTheHostRefuses() {
    WaveletName wave = shared();
    WaveletSnapshot now = initech.read(peter, wave);
    acme.server().removeTransport(acme.server().transports().get(0));
    acme.remove(alice, wave, peter);
    refused(
        () ->
            TestServer.await(
                initech
                    .server()
                    .submit(peter, wave, now.version(), TestServer.appending(peter, now, "x"))),
        Reason.HOST_REFUSED,
        "peter@initech.example is not a participant");
  }

  private WaveletName shared() {
    WaveletName wave = acme.create(alice);
    long version = acme.add(alice, wave, peter).resulting().version();
    initech.readFrom(peter, wave, version);
    return wave;
  }

  private static void refused(ThrowingCallable call, Reason reason, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WaveException.class,
            e -> {
              assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
              assertThat(e.getMessage()).contains(words);
            });
  }

  private static final class Recorder implements Watcher {
    private final List<WaveletChange> changes = new CopyOnWriteArrayList<>();
    private final CountDownLatch release;
    private volatile WaveletSnapshot opened;
    private volatile String closed;

    Recorder() {
      this(new CountDownLatch(0));
    }

    Recorder(CountDownLatch release) {
      this.release = release;
    }

    @Override
    public void opened(WaveletSnapshot snapshot) {
      opened = snapshot;
    }

    @Override
    public void changed(WaveletChange change) {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      changes.add(change);
    }

    @Override
    public void closed(String reason) {
      closed = reason;
    }
  }
}
