// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SignerId;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.NoOp;
import org.wavefed.model.wavelet.WaveletOperation.RemoveParticipant;
import org.wavefed.protocol.DeltaRejectedException.Reason;
import org.wavefed.protocol.WaveletCopy.Applied;
import org.wavefed.protocol.WaveletCopy.Duplicate;

final class WaveletCopyTest {
  private static final ParticipantId FRED = new ParticipantId("fred@a.example");
  private static final ParticipantId WILMA = new ParticipantId("wilma@b.example");
  private static final ParticipantId BARNEY = new ParticipantId("barney@a.example");

  private final WaveletCopy empty =
      WaveletCopy.empty(WaveletName.parseUri("wave://a.example/w+x/conv+root"));

  private static WaveletDelta delta(
      HashedVersion target, ParticipantId author, WaveletOperation... operations) {
    return new WaveletDelta(target, author, List.of(operations));
  }

  private static SignedDelta signed(WaveletDelta delta) {
    Bytes some = Bytes.wrap(new byte[] {1, 2, 3});
    return new SignedDelta(
        WaveletDeltaCodec.toBytes(delta),
        List.of(new DeltaSignature(new SignerId(some), SignatureAlgorithm.SHA1_RSA, some)));
  }

  private static Applied host(WaveletCopy copy, WaveletDelta delta, LoggedDelta... since)
      throws DeltaRejectedException {
    return (Applied) copy.host(signed(delta), delta, List.of(since), 1000);
  }

  private Applied created() throws DeltaRejectedException {
    return host(
        empty, delta(empty.version(), FRED, new AddParticipant(FRED), new AddParticipant(WILMA)));
  }

  private static void assertRejected(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DeltaRejectedException.class,
            e -> assertThat(e.reason()).as("%s", e.getMessage()).isEqualTo(reason));
  }

  @Test
  void hostShouldLeaveTheCopyAsItWas() throws Exception {
    Applied created = created();

    assertThat(empty.state().participants()).isEmpty();
    assertThat(created.copy().state().participants()).containsExactly(FRED, WILMA);
    assertThat(created.copy().version().version()).isEqualTo(2);
    assertThat(created.delta().rewritten()).isFalse();
  }

  @Test
  void hostShouldKeepAnOperationThatTransformsToNothing() throws Exception {
    Applied created = created();
    HashedVersion base = created.copy().version();
    Applied first = host(created.copy(), delta(base, FRED, new AddParticipant(BARNEY)));

    Applied second =
        host(first.copy(), delta(base, WILMA, new AddParticipant(BARNEY)), first.delta());

    assertThat(second.delta().operations()).containsExactly(NoOp.INSTANCE);
    assertThat(second.delta().rewritten()).isTrue();
    assertThat(second.copy().version().version()).isEqualTo(4);
  }

  @Test
  void hostShouldReturnTheEarlierDeltaWhenItIsSubmittedAgain() throws Exception {
    Applied created = created();
    WaveletDelta add = delta(created.copy().version(), FRED, new AddParticipant(BARNEY));
    Applied applied = host(created.copy(), add);

    assertThat(applied.copy().host(signed(add), add, List.of(applied.delta()), 2000))
        .isEqualTo(new Duplicate(applied.delta()));
  }

  @Test
  void hostShouldRejectWhatNamesNoBoundaryOfItsHistory() throws Exception {
    Applied created = created();
    WaveletCopy copy = created.copy();
    HashedVersion inside = new HashedVersion(1, copy.version().historyHash());
    HashedVersion ahead = new HashedVersion(7, copy.version().historyHash());
    HashedVersion other = new HashedVersion(2, Bytes.wrap(new byte[20]));
    HashedVersion otherZero = new HashedVersion(0, Bytes.wrap(new byte[20]));

    assertRejected(
        Reason.UNKNOWN_VERSION,
        () -> host(copy, delta(inside, FRED, NoOp.INSTANCE), created.delta()));
    assertRejected(
        Reason.UNKNOWN_VERSION,
        () -> host(copy, delta(ahead, FRED, NoOp.INSTANCE), created.delta()));
    assertRejected(
        Reason.HASH_MISMATCH, () -> host(copy, delta(other, FRED, NoOp.INSTANCE), created.delta()));
    assertRejected(
        Reason.HASH_MISMATCH,
        () -> host(copy, delta(otherZero, FRED, NoOp.INSTANCE), created.delta()));
  }

  @Test
  void hostShouldRejectWhatCannotBeApplied() throws Exception {
    Applied created = created();
    WaveletCopy copy = created.copy();
    HashedVersion base = copy.version();
    Applied removed = host(copy, delta(base, FRED, new RemoveParticipant(WILMA)));

    assertRejected(Reason.EMPTY, () -> host(copy, delta(base, FRED)));
    assertRejected(
        Reason.INVALID_OPERATION, () -> host(copy, delta(base, FRED, new AddParticipant(WILMA))));
    assertRejected(
        Reason.REMOVED_AUTHOR,
        () -> host(removed.copy(), delta(base, WILMA, NoOp.INSTANCE), removed.delta()));
  }

  @Test
  void replayShouldTellAGapFromAnotherHistory() throws Exception {
    Applied created = created();
    Applied next =
        host(created.copy(), delta(created.copy().version(), FRED, new AddParticipant(BARNEY)));
    AppliedDelta delta = AppliedDelta.parse(next.delta().applied());
    WaveletCopy elsewhere =
        host(empty, delta(empty.version(), FRED, new AddParticipant(FRED), NoOp.INSTANCE)).copy();

    assertRejected(Reason.GAP, () -> empty.replay(delta, List.of()));
    assertRejected(Reason.HASH_MISMATCH, () -> elsewhere.replay(delta, List.of()));
    assertThat(created.copy().replay(delta, List.of()).delta()).isEqualTo(next.delta());
    assertThat(next.copy().replay(delta, List.of(next.delta())))
        .isEqualTo(new Duplicate(next.delta()));
    assertRejected(Reason.DIVERGED, () -> next.copy().replay(delta, List.of()));
  }

  @Test
  void replayShouldRejectAnotherNumberOfOperations() throws Exception {
    WaveletDelta two = delta(empty.version(), FRED, new AddParticipant(FRED), NoOp.INSTANCE);
    WireWriter out = new WireWriter();
    out.bytes(1, signed(two).toBytes());
    out.number(3, 1);
    out.number(4, 1000);
    AppliedDelta one = AppliedDelta.parse(out.toBytes());

    assertRejected(Reason.DIVERGED, () -> empty.replay(one, List.of()));
  }
}
