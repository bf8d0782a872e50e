// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.NoOp;
import org.wavefed.model.wavelet.WaveletOperation.RemoveParticipant;
import org.wavefed.protocol.LoggedDelta;

final class LateDeltaTest {
  private static final ParticipantId FRED = new ParticipantId("fred@a.example");
  private static final ParticipantId WILMA = new ParticipantId("wilma@b.example");
  private static final ParticipantId BETTY = new ParticipantId("betty@a.example");
  private static final HashedVersion BEFORE = new HashedVersion(1, Bytes.EMPTY);

  private static final LoggedDelta REMOVES_BETTY =
      new LoggedDelta(
          Bytes.EMPTY,
          BEFORE,
          new HashedVersion(2, Bytes.EMPTY),
          WILMA,
          0,
          List.of(new RemoveParticipant(BETTY)),
          false);

  private static LateDelta late(WaveletOperation... operations) {
    return new LateDelta(
        new WaveletDelta(BEFORE, FRED, List.of(operations)), List.of(REMOVES_BETTY));
  }

  @Test
  void ruleShouldExplainWhatTheOriginalRejectsForItsFlaw() {
    assertThat(
            late(new RemoveParticipant(BETTY), new AddParticipant(BETTY))
                .isExplained(Optional.empty()))
        .isTrue();
  }

  @Test
  void ruleShouldExplainNothingElse() {
    assertThat(late(new RemoveParticipant(BETTY)).isExplained(Optional.empty())).isFalse();
    assertThat(late(new AddParticipant(BETTY)).isExplained(Optional.empty())).isFalse();
    assertThat(
            late(new RemoveParticipant(BETTY), new AddParticipant(BETTY))
                .isExplained(Optional.of(List.of(NoOp.INSTANCE, new AddParticipant(BETTY)))))
        .isFalse();
  }
}
