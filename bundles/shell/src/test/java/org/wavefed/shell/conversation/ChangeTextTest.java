// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.ValueChange;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletOperation.NoOp;
import org.wavefed.model.wavelet.WaveletOperation.RemoveParticipant;

class ChangeTextTest {
  @Test
  void participantsShouldBeNamed() {
    ParticipantId bob = ParticipantId.of("bob@initech.example");
    assertThat(ChangeText.of(List.of(new AddParticipant(bob), new RemoveParticipant(bob))))
        .isEqualTo("added bob@initech.example; removed bob@initech.example");
  }

  @Test
  void writingShouldBeQuoted() {
    assertThat(
            text(
                DocOp.builder()
                    .retain(3)
                    .deleteCharacters("old")
                    .characters("new\u0007")
                    .retain(1)
                    .build()))
        .isEqualTo("b+1 deleted \"old\", wrote \"new\uFFFD\"");
  }

  @Test
  void structureShouldBeNamed() {
    assertThat(
            text(
                DocOp.builder()
                    .elementStart("line", Attributes.of("t", "h1"))
                    .elementEnd()
                    .characters("Head")
                    .elementStart("image", Attributes.EMPTY)
                    .elementEnd()
                    .build()))
        .isEqualTo("b+1 new line h1, wrote \"Head\", new <image>");
  }

  @Test
  void cursorsOfUsersShouldNotShow() {
    assertThat(
            text(
                DocOp.builder()
                    .annotationBoundary(
                        List.of(), List.of(new ValueChange("user/e/1", null, "x@y.example")))
                    .retain(1)
                    .annotationBoundary(List.of("user/e/1"), List.of())
                    .build()))
        .isEqualTo("nothing that shows");
    assertThat(ChangeText.of(List.of(NoOp.INSTANCE))).isEqualTo("nothing that shows");
  }

  private static String text(DocOp operation) {
    List<WaveletOperation> operations = List.of(new MutateDocument("b+1", operation));
    return ChangeText.of(operations);
  }
}
