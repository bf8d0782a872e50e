// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wavefed.server.TestServer.await;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.HashChain;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.protocol.WaveletDeltaCodec;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.testkit.federation.TestCrypto;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Peer;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;

/** Who may say and ask what; the peers here are made up, call by call. */
class AccessTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";
  private static final String OUTSIDER = "outsider.example";

  private final InProcessNetwork network = new InProcessNetwork(3);
  private final TestServer acme = new TestServer(network, ACME);
  private final ParticipantId alice = acme.user("alice");
  private final ParticipantId peter = new ParticipantId("peter@" + INITECH);
  private final WaveletName wave = acme.create(alice);
  private final Peer initech = InProcessNetwork.peer(INITECH, ACME);
  private final Peer outsider = InProcessNetwork.peer(OUTSIDER, ACME);

  @AfterEach
  void stop() {
    network.close();
    acme.close();
  }

  // ---- submits

  @Test
  void submitShouldBeAppliedAndAnsweredOnceWhenItIsRepeated() {
    acme.add(alice, wave, peter);
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    Bytes delta = signed(adding(peter, "bob@" + INITECH), INITECH);
    SubmitResult first = await(acme.server().submit(initech, wave, delta));
    acme.write(alice, wave, "meanwhile");
    SubmitResult second = await(acme.server().submit(initech, wave, delta));
    assertThat(second).isEqualTo(first);
    assertThat(first.operationsApplied()).isEqualTo(1);
    assertThat(acme.read(alice, wave).version().version())
        .isEqualTo(first.resulting().version() + 1);
  }

  @Test
  void submitShouldBeRefusedWithTheKnownWordsWhenTheSignerIsUnknown() {
    acme.add(alice, wave, peter);
    Bytes delta = signed(adding(peter, "bob@" + INITECH), INITECH);
    refused(
        () -> await(acme.server().submit(initech, wave, delta)),
        FailureReason.INTERNAL_SERVER_ERROR,
        "Unknown signer");
    assertThatThrownBy(() -> await(acme.server().submit(initech, wave, delta)))
        .as("no failure of ours, which transports would log with its cause")
        .hasNoCause();
  }

  /** As deployed servers do: they post, and submit whatever came of it. */
  @Test
  void submitShouldBeRefusedWithTheReasonWhenThePostedSignerWasRefused() {
    acme.add(alice, wave, peter);
    SignerInfo good = TestCrypto.info(INITECH);
    SignerInfo bad =
        new SignerInfo(good.hashAlgorithm(), INITECH, TestCrypto.info(OUTSIDER).certificates());
    Bytes delta = signed(adding(peter, "bob@" + INITECH), INITECH);
    String why = "the certificate is not of " + INITECH;
    try (LogLines log = new LogLines()) {
      refused(
          () -> await(acme.server().postSigner(initech, bad)), FailureReason.NOT_AUTHORIZED, why);
      assertThat(log.with("refused the signer of " + INITECH + ": " + why)).hasSize(1);
    }
    refused(
        () -> await(acme.server().submit(initech, wave, delta)),
        FailureReason.INTERNAL_SERVER_ERROR,
        "Unknown signer: " + why);
    await(acme.server().postSigner(initech, good));
    await(acme.server().submit(initech, wave, delta));
  }

  @Test
  void submitShouldBeToldOfWhenItsSignatureIsBad() {
    acme.add(alice, wave, peter);
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    await(acme.server().postSigner(outsider, TestCrypto.info(OUTSIDER)));
    try (LogLines log = new LogLines()) {
      refused(
          () ->
              await(
                  acme.server()
                      .submit(initech, wave, signed(adding(peter, "bob@" + INITECH), OUTSIDER))),
          FailureReason.NOT_AUTHORIZED,
          OUTSIDER + " is not " + INITECH);
      assertThat(log.with("refused a delta of " + INITECH + ": ")).hasSize(1);
    }
  }

  @Test
  void submitShouldBeRefusedWhenItCreatesAWavelet() {
    acme.add(alice, wave, peter);
    WaveletDelta delta =
        new WaveletDelta(
            HashChain.versionZero(wave), peter, adding(peter, "x@y.example").operations());
    refused(
        () -> await(acme.server().submit(initech, wave, signed(delta, INITECH))),
        FailureReason.BAD_REQUEST,
        "Remote users may not create wavelets.");
  }

  @Test
  void submitShouldBeRefusedWhenThePeerIsNotTheAuthorsDomain() {
    acme.add(alice, wave, peter);
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    Bytes delta = signed(adding(peter, "bob@" + INITECH), INITECH);
    refused(
        () -> await(acme.server().submit(outsider, wave, delta)),
        FailureReason.NOT_AUTHORIZED,
        "may not speak for users of " + INITECH);
    Bytes forged = signed(adding(alice, "bob@" + OUTSIDER), OUTSIDER);
    refused(
        () -> await(acme.server().submit(outsider, wave, forged)),
        FailureReason.NOT_AUTHORIZED,
        "may not speak for users of " + ACME);
  }

  @Test
  void submitShouldBeRefusedWhenTheSignatureIsBad() {
    acme.add(alice, wave, peter);
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    Bytes delta = WaveletDeltaCodec.toBytes(adding(peter, "bob@" + INITECH));
    DeltaSignature bad =
        new DeltaSignature(
            TestCrypto.id(TestCrypto.info(INITECH)),
            SignatureAlgorithm.SHA1_RSA,
            Bytes.wrap(new byte[32]));
    Bytes forged = new SignedDelta(delta, List.of(bad)).toBytes();
    refused(
        () -> await(acme.server().submit(initech, wave, forged)),
        FailureReason.NOT_AUTHORIZED,
        "does not match");
  }

  @Test
  void submitShouldBeRefusedWhenTheAuthorIsNoParticipant() {
    acme.add(alice, wave, peter);
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    ParticipantId milton = new ParticipantId("milton@" + INITECH);
    refused(
        () ->
            await(
                acme.server()
                    .submit(initech, wave, signed(adding(milton, "x@y.example"), INITECH))),
        FailureReason.NOT_AUTHORIZED,
        "milton@" + INITECH + " is not a participant");
  }

  @Test
  void waveletShouldLookAbsentToStrangersWhoSubmit() {
    await(acme.server().postSigner(outsider, TestCrypto.info(OUTSIDER)));
    ParticipantId eve = new ParticipantId("eve@" + OUTSIDER);
    refused(
        () ->
            await(
                acme.server().submit(outsider, wave, signed(adding(eve, "x@y.example"), OUTSIDER))),
        FailureReason.ITEM_NOT_FOUND,
        "there is no wavelet");
  }

  @Test
  void submitShouldBeRefusedWhenItAddsTooManyParticipants() {
    acme.add(alice, wave, peter);
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    String[] invented = new String[TestServer.LIMITS.deltaAdds() + 1];
    Arrays.setAll(invented, i -> "x" + i + "@" + INITECH);
    refused(
        () -> await(acme.server().submit(initech, wave, signed(adding(peter, invented), INITECH))),
        FailureReason.NOT_ACCEPTABLE,
        "the delta adds 6 participants; the most that this server takes is 5");
  }

  @Test
  void deltaShouldBeRefusedWhenTheWaveletWouldHaveTooManyDomainsOrParticipants() {
    for (int i = 1; i < TestServer.LIMITS.waveletDomains(); i++) {
      acme.add(alice, wave, new ParticipantId("x@" + i + ".invalid"));
    }
    acme.remove(alice, wave, new ParticipantId("x@1.invalid"));
    assertThatThrownBy(() -> acme.add(alice, wave, new ParticipantId("x@more.invalid")))
        .hasMessageContaining("participants of 7 domains; the most that this server takes is 6");
    acme.add(alice, wave, new ParticipantId("x@1.invalid"));
    int room =
        TestServer.LIMITS.waveletParticipants()
            - acme.read(alice, wave).state().participants().size();
    for (int i = 0; i < room; i++) {
      acme.add(alice, wave, acme.user("u" + i));
    }
    assertThatThrownBy(() -> acme.add(alice, wave, acme.user("more")))
        .hasMessageContaining("13 participants; the most that this server takes is 12");
    acme.write(alice, wave, "a full wavelet can be written in");
  }

  @Test
  void addressShouldBeRefusedWhenNobodyCouldEverHaveIt() {
    acme.add(alice, wave, peter);
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    List<String> impossible =
        List.of(
            "a\u0000b@x.example",
            "a b@x.example",
            "a\u202eb@x.example",
            "a@x y.example",
            "a@" + "l".repeat(64) + ".example",
            "a@" + "label.".repeat(42) + "example");
    for (String address : impossible) {
      refused(
          () -> await(acme.server().submit(initech, wave, signed(adding(peter, address), INITECH))),
          FailureReason.NOT_ACCEPTABLE,
          "cannot add");
      assertThatThrownBy(() -> acme.add(alice, wave, new ParticipantId(address)))
          .hasMessageContaining("cannot add");
    }
  }

  @Test
  void submitShouldBeRefusedWhenItCannotBeRead() {
    acme.add(alice, wave, peter);
    refused(
        () -> await(acme.server().submit(initech, wave, Bytes.wrap(new byte[] {1, 2, 3}))),
        FailureReason.BAD_REQUEST,
        "ProtocolSignedDelta");
    Bytes large = Bytes.wrap(new byte[100_000]);
    refused(
        () -> await(acme.server().submit(initech, wave, large)),
        FailureReason.RESOURCE_CONSTRAINT,
        "100000 bytes");
  }

  @Test
  void submitShouldBeRefusedWhenItTargetsAnotherHistory() {
    acme.add(alice, wave, peter);
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    HashedVersion now = acme.read(alice, wave).version();
    HashedVersion other = new HashedVersion(now.version(), Bytes.wrap(new byte[20]));
    WaveletDelta wrong =
        new WaveletDelta(other, peter, adding(peter, "bob@" + INITECH).operations());
    refused(
        () -> await(acme.server().submit(initech, wave, signed(wrong, INITECH))),
        FailureReason.ITEM_NOT_FOUND,
        "another history hash");
    HashedVersion ahead = new HashedVersion(now.version() + 5, now.historyHash());
    WaveletDelta early =
        new WaveletDelta(ahead, peter, adding(peter, "bob@" + INITECH).operations());
    refused(
        () -> await(acme.server().submit(initech, wave, signed(early, INITECH))),
        FailureReason.ITEM_NOT_FOUND,
        "targets version " + ahead.version());
  }

  // ---- history and signers

  @Test
  void historyShouldBeRefusedToStrangersAndGivenToParticipants() {
    HashedVersion zero = HashChain.versionZero(wave);
    HashedVersion now = acme.add(alice, wave, peter).resulting();
    HistoryRequest all = new HistoryRequest(wave, zero, now, OptionalLong.empty());
    refused(
        () -> await(acme.server().history(outsider, all)),
        FailureReason.ITEM_NOT_FOUND,
        "your domain is not in it");
    History history = await(acme.server().history(initech, all));
    assertThat(history.appliedDeltas()).hasSize(2);
    assertThat(history.truncatedAt()).isEmpty();
    assertThat(history.committed()).hasValue(now.version());
  }

  @Test
  void historyShouldHaveOneDeltaAtLeastWhenTheLimitIsTiny() {
    HashedVersion zero = HashChain.versionZero(wave);
    HashedVersion now = acme.add(alice, wave, peter).resulting();
    History history =
        await(
            acme.server()
                .history(initech, new HistoryRequest(wave, zero, now, OptionalLong.of(1))));
    assertThat(history.appliedDeltas()).hasSize(1);
    assertThat(history.truncatedAt()).hasValue(now.version() - 1);
    History empty =
        await(
            acme.server().history(initech, new HistoryRequest(wave, now, now, OptionalLong.of(1))));
    assertThat(empty.appliedDeltas()).isEmpty();
  }

  @Test
  void historyShouldBeRefusedWhenTheVersionOrHashIsWrong() {
    HashedVersion zero = HashChain.versionZero(wave);
    HashedVersion now = acme.add(alice, wave, peter).resulting();
    HashedVersion wrongHash = new HashedVersion(now.version(), Bytes.wrap(new byte[20]));
    refused(() -> history(zero, wrongHash), FailureReason.NOT_ACCEPTABLE, "another hash");
    HashedVersion inside = new HashedVersion(1, now.historyHash());
    refused(() -> history(inside, now), FailureReason.ITEM_NOT_FOUND, "ends at version 1");
    HashedVersion ahead = new HashedVersion(now.version() + 1, now.historyHash());
    refused(() -> history(zero, ahead), FailureReason.ITEM_NOT_FOUND, "ends at version");
    refused(() -> history(now, zero), FailureReason.BAD_REQUEST, "before it starts");
  }

  private History history(HashedVersion from, HashedVersion to) {
    return await(
        acme.server().history(initech, new HistoryRequest(wave, from, to, OptionalLong.empty())));
  }

  @Test
  void historyShouldEndAtTheRemovalForADomainThatLeft() {
    HashedVersion zero = HashChain.versionZero(wave);
    acme.add(alice, wave, peter);
    HashedVersion removal = acme.remove(alice, wave, peter).resulting();
    HashedVersion now = acme.write(alice, wave, "secret").resulting();
    assertThat(history(zero, removal).appliedDeltas()).hasSize(3);
    assertThat(history(zero, removal).committed()).hasValue(removal.version());
    refused(
        () -> history(zero, now),
        FailureReason.NOT_AUTHORIZED,
        "left at version " + removal.version());
  }

  @Test
  void signerShouldBeGivenToParticipantsForADeltaThatItSigned() {
    HashedVersion added = acme.add(alice, wave, peter).resulting();
    var id = TestCrypto.id(TestCrypto.info(ACME));
    SignerRequest request = new SignerRequest(id, wave, added);
    assertThat(await(acme.server().signer(initech, request))).isEqualTo(TestCrypto.info(ACME));
    refused(
        () -> await(acme.server().signer(outsider, request)),
        FailureReason.ITEM_NOT_FOUND,
        "your domain is not in it");
    SignerRequest other = new SignerRequest(TestCrypto.id(TestCrypto.info(INITECH)), wave, added);
    refused(
        () -> await(acme.server().signer(initech, other)),
        FailureReason.ITEM_NOT_FOUND,
        "is signed by");
  }

  @Test
  void signerShouldBeRefusedWhenThePeerPostsItForAnother() {
    refused(
        () -> await(acme.server().postSigner(outsider, TestCrypto.info(INITECH))),
        FailureReason.NOT_AUTHORIZED,
        "may not speak for signers of " + INITECH);
  }

  // ---- updates

  @Test
  void updateShouldBeRefusedWhenThePeerIsNotTheHost() {
    WaveletName theirs = WaveletName.parseUri("wave://" + INITECH + "/w+abc/conv+root");
    WaveletUpdate update =
        new WaveletUpdate(theirs, List.of(first(theirs, alice)), Optional.empty());
    refused(
        () -> await(acme.server().update(outsider, update)),
        FailureReason.NOT_AUTHORIZED,
        "may not speak for wavelets of " + INITECH);
    WaveletUpdate ours = new WaveletUpdate(wave, List.of(), Optional.empty());
    refused(
        () -> await(acme.server().update(initech, ours)),
        FailureReason.NOT_AUTHORIZED,
        "is hosted here");
  }

  @Test
  void remoteWaveletShouldNotComeIntoBeingWhenNobodyOfOursIsAdded() {
    WaveletName theirs = WaveletName.parseUri("wave://" + INITECH + "/w+abc/conv+root");
    WaveletUpdate update =
        new WaveletUpdate(
            theirs, List.of(first(theirs, new ParticipantId("x@y.example"))), Optional.empty());
    refused(
        () -> await(acme.server().update(initech, update)),
        FailureReason.ITEM_NOT_FOUND,
        "nothing adds one");
    assertThat(await(acme.store.head(theirs))).isEmpty();
  }

  @Test
  void remoteWaveletShouldStayAsItIsWhenAnUpdateHasABadSignature() {
    WaveletName theirs = WaveletName.parseUri("wave://" + INITECH + "/w+abc/conv+root");
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    Bytes begin = first(theirs, alice);
    await(
        acme.server().update(initech, new WaveletUpdate(theirs, List.of(begin), Optional.empty())));
    HashedVersion head = acme.read(alice, theirs).version();
    WaveletDelta next = new WaveletDelta(head, peter, adding(peter, "z@y.example").operations());
    Bytes delta = WaveletDeltaCodec.toBytes(next);
    SignedDelta forged =
        new SignedDelta(delta, List.of(TestCrypto.signature(TestCrypto.info(INITECH), begin)));
    SignedDelta good =
        new SignedDelta(delta, List.of(TestCrypto.signature(TestCrypto.info(INITECH), delta)));
    refused(
        () -> update(theirs, AppliedDelta.build(forged, next, head, 5).toBytes()),
        FailureReason.NOT_AUTHORIZED,
        "does not match");
    update(theirs, AppliedDelta.build(good, next, head, 5).toBytes());
    assertThat(acme.read(alice, theirs).version().version()).isEqualTo(head.version() + 1);
  }

  @Test
  void onlyTheOneWaveletShouldBeSetApartWhenItsHostContradictsOurCopy() {
    WaveletName theirs = WaveletName.parseUri("wave://" + INITECH + "/w+abc/conv+root");
    WaveletName another = WaveletName.parseUri("wave://" + INITECH + "/w+other/conv+root");
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    update(theirs, first(theirs, alice));
    HashedVersion head = acme.read(alice, theirs).version();
    HashedVersion wrong = new HashedVersion(head.version(), Bytes.wrap(new byte[20]));
    WaveletDelta next = new WaveletDelta(head, peter, adding(peter, "z@y.example").operations());
    Bytes delta = WaveletDeltaCodec.toBytes(next);
    SignedDelta good =
        new SignedDelta(delta, List.of(TestCrypto.signature(TestCrypto.info(INITECH), delta)));
    refused(
        () -> update(theirs, AppliedDelta.build(good, next, wrong, 5).toBytes()),
        FailureReason.NOT_ACCEPTABLE,
        "takes no more changes: what its host says does not follow on our copy");
    assertThat(acme.read(alice, theirs).version()).isEqualTo(head);
    assertThatThrownBy(() -> acme.add(alice, theirs, acme.user("bob")))
        .hasMessageContaining("takes no changes");
    update(another, first(another, alice));
    assertThat(acme.read(alice, another).version().version()).isEqualTo(2);
  }

  @Test
  void remoteWaveletShouldNotBeKeptWhenTheHistoryBeforeIsNotTheAnnouncedOne() {
    WaveletName theirs = WaveletName.parseUri("wave://" + INITECH + "/w+abc/conv+root");
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    Bytes withoutOurs = first(theirs, new ParticipantId("bob@" + INITECH));
    network.serve(INITECH, new HistoryOnly(withoutOurs));
    HashedVersion elsewhere = new HashedVersion(2, Bytes.wrap(new byte[20]));
    WaveletDelta adding = new WaveletDelta(elsewhere, peter, List.of(new AddParticipant(alice)));
    Bytes bytes = WaveletDeltaCodec.toBytes(adding);
    SignedDelta signed =
        new SignedDelta(bytes, List.of(TestCrypto.signature(TestCrypto.info(INITECH), bytes)));
    assertThatThrownBy(
            () -> update(theirs, AppliedDelta.build(signed, adding, elsewhere, 5).toBytes()))
        .isInstanceOf(FederationException.class);
    assertThat(await(acme.store.head(theirs))).isEmpty();
  }

  /** A host that answers every request for history with one delta, and nothing else. */
  private record HistoryOnly(Bytes delta) implements FederationHandler {
    @Override
    public CompletionStage<History> history(Peer peer, HistoryRequest request) {
      return CompletableFuture.completedStage(
          new History(List.of(delta), OptionalLong.empty(), OptionalLong.empty()));
    }

    @Override
    public CompletionStage<Void> update(Peer peer, WaveletUpdate update) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<SubmitResult> submit(Peer peer, WaveletName wavelet, Bytes delta) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }

    @Override
    public CompletionStage<SignerInfo> signer(Peer peer, SignerRequest request) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }

    @Override
    public CompletionStage<Void> postSigner(Peer peer, SignerInfo signer) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void pinged(Peer peer) {}

    @Override
    public void connected(String localDomain) {}
  }

  @Test
  void waveletShouldBeSetApartWhenItsHostSaysAnotherDeltaOfAnOldVersion() {
    WaveletName theirs = WaveletName.parseUri("wave://" + INITECH + "/w+abc/conv+root");
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    Bytes begin = first(theirs, alice);
    update(theirs, begin);
    update(theirs, begin);
    refused(
        () -> update(theirs, first(theirs, acme.user("bob"))),
        FailureReason.NOT_ACCEPTABLE,
        "takes no more changes: what its host says does not follow on our copy");
  }

  @Test
  void waveletShouldBeSetApartWhenANoticeOfAnOldVersionHasAnotherHash() {
    WaveletName theirs = WaveletName.parseUri("wave://" + INITECH + "/w+abc/conv+root");
    await(acme.server().postSigner(initech, TestCrypto.info(INITECH)));
    update(theirs, first(theirs, alice));
    HashedVersion head = acme.read(alice, theirs).version();
    HashedVersion zero = HashChain.versionZero(theirs);
    await(acme.server().update(initech, notice(theirs, zero)));
    await(acme.server().update(initech, notice(theirs, head)));
    refused(
        () ->
            await(
                acme.server()
                    .update(initech, notice(theirs, new HashedVersion(0, head.historyHash())))),
        FailureReason.NOT_ACCEPTABLE,
        "takes no more changes: what its host says does not follow on our copy");
  }

  private static WaveletUpdate notice(WaveletName wavelet, HashedVersion committed) {
    return new WaveletUpdate(wavelet, List.of(), Optional.of(committed));
  }

  private void update(WaveletName wavelet, Bytes delta) {
    await(
        acme.server()
            .update(initech, new WaveletUpdate(wavelet, List.of(delta), Optional.empty())));
  }

  /** A first delta by peter that adds peter and another. */
  private Bytes first(WaveletName wavelet, ParticipantId added) {
    HashedVersion zero = HashChain.versionZero(wavelet);
    WaveletDelta delta =
        new WaveletDelta(
            zero, peter, List.of(new AddParticipant(peter), new AddParticipant(added)));
    Bytes bytes = WaveletDeltaCodec.toBytes(delta);
    SignedDelta signed =
        new SignedDelta(bytes, List.of(TestCrypto.signature(TestCrypto.info(INITECH), bytes)));
    return AppliedDelta.build(signed, delta, zero, 1).toBytes();
  }

  private WaveletDelta adding(ParticipantId author, String... added) {
    List<WaveletOperation> operations =
        Arrays.stream(added)
            .<WaveletOperation>map(it -> new AddParticipant(new ParticipantId(it)))
            .toList();
    return new WaveletDelta(acme.read(alice, wave).version(), author, operations);
  }

  private static Bytes signed(WaveletDelta delta, String domain) {
    Bytes bytes = WaveletDeltaCodec.toBytes(delta);
    return new SignedDelta(bytes, List.of(TestCrypto.signature(TestCrypto.info(domain), bytes)))
        .toBytes();
  }

  private static void refused(ThrowingCallable call, FailureReason reason, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FederationException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.getMessage()).contains(words);
            });
  }
}
