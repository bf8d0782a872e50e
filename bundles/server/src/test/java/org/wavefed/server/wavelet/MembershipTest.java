// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.NoOp;
import org.wavefed.model.wavelet.WaveletOperation.RemoveParticipant;

class MembershipTest {
  private static final ParticipantId ALICE = new ParticipantId("alice@a.example");
  private static final ParticipantId BOB = new ParticipantId("bob@b.example");
  private static final ParticipantId BEA = new ParticipantId("bea@b.example");
  private static final List<WaveletOperation> ADDING = List.of(new AddParticipant(BOB));
  private static final List<WaveletOperation> REMOVING = List.of(new RemoveParticipant(BOB));

  private final Membership both = Membership.NONE.after(ADDING, List.of(ALICE, BOB, BEA), 5);

  @Test
  void domainShouldBePresentUntilItsLastParticipantLeaves() {
    assertThat(both.present()).containsExactlyInAnyOrder("a.example", "b.example");
    Membership one = both.after(REMOVING, List.of(ALICE, BEA), 6);
    assertThat(one.has("b.example")).isTrue();
    Membership none = one.after(REMOVING, List.of(ALICE), 9);
    assertThat(none.has("b.example")).isFalse();
    assertThat(none.until("b.example")).isEqualTo(9);
    assertThat(none.until("c.example")).isZero();
    assertThat(none.joinedSince(one)).isEmpty();
  }

  @Test
  void domainShouldJoinAnewWhenItComesBack() {
    Membership gone = both.after(REMOVING, List.of(ALICE), 9);
    Membership back = gone.after(ADDING, List.of(ALICE, BOB), 12);
    assertThat(back.until("b.example")).isEqualTo(Membership.PRESENT);
    assertThat(back.joinedSince(gone)).containsExactly("b.example");
  }

  @Test
  void earlierRemovalShouldKeepItsVersionWhenOthersLeaveLater() {
    Membership gone = both.after(REMOVING, List.of(ALICE), 9);
    Membership empty = gone.after(REMOVING, List.of(), 20);
    assertThat(empty.until("b.example")).isEqualTo(9);
    assertThat(empty.until("a.example")).isEqualTo(20);
  }

  @Test
  void membershipShouldBeTheSameValueWhenNoParticipantIsConcerned() {
    assertThat(both.after(List.of(NoOp.INSTANCE), List.of(ALICE), 7)).isSameAs(both);
  }
}
