// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.ValueChange;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletState;

class ConversationTest {
  private static final ParticipantId ALICE = ParticipantId.of("alice@acmewave.example");
  private static final Attributes NONE = Attributes.EMPTY;
  private static final WaveletState EMPTY =
      WaveletState.empty(WaveletName.parse("acmewave.example/w+abc/conv+root"));

  private static final DocOp MANIFEST =
      DocOp.builder()
          .elementStart("conversation", Attributes.of("sort", "m"))
          .elementStart("blip", Attributes.of("id", "b+a", "deleted", "true"))
          .elementEnd()
          .elementEnd()
          .build();

  @Test
  void readShouldGiveNothingWithoutManifest() {
    assertThat(Conversation.read(EMPTY)).isEmpty();
  }

  @Test
  void readShouldKeepElementsThatItDoesNotUnderstand() throws Exception {
    DocOp blip =
        DocOp.builder()
            .elementStart("body", NONE)
            .elementStart("line", Attributes.of("t", "h2", "i", "x"))
            .elementEnd()
            .characters("see ")
            .elementStart("image", Attributes.of("attachment", "a1"))
            .elementStart("caption", NONE)
            .characters("a cat")
            .elementEnd()
            .elementEnd()
            .annotationBoundary(
                List.of(), List.of(new ValueChange("style/fontWeight", null, "bold")))
            .characters("!")
            .annotationBoundary(List.of("style/fontWeight"), List.of())
            .elementEnd()
            .build();

    Conversation conversation = read(blip);

    Blip read = conversation.blips().get(0);
    assertThat(conversation.attributes()).isEqualTo(Attributes.of("sort", "m"));
    assertThat(read.deleted()).isTrue();
    assertThat(read.text()).isEqualTo("see !");
    Line line = read.lines().get(0);
    assertThat(line.type()).contains("h2");
    assertThat(line.indent()).isZero();
    assertThat(line.content())
        .containsExactly(
            new Content.Text("see ", NONE),
            new Content.Element(
                "image",
                Attributes.of("attachment", "a1"),
                List.of(
                    new Content.Element(
                        "caption", NONE, List.of(new Content.Text("a cat", NONE))))),
            new Content.Text("!", Attributes.of("style/fontWeight", "bold")));
    assertThat(conversation.toPlainText())
        .isEqualTo("b+a  (deleted)\n  ## see [image: [caption: a cat]]!\n");
  }

  @Test
  void readShouldSurviveHostileNesting() throws Exception {
    DocOp.Builder deep = DocOp.builder().elementStart("body", NONE);
    for (int i = 0; i < 50_000; i++) {
      deep.elementStart("x", NONE);
    }
    for (int i = 0; i < 50_001; i++) {
      deep.elementEnd();
    }

    assertThat(read(deep.build()).toPlainText()).contains("b+a");
  }

  private static Conversation read(DocOp blip) throws Exception {
    WaveletState wavelet =
        EMPTY.apply(
            ALICE,
            1,
            List.of(new MutateDocument("conversation", MANIFEST), new MutateDocument("b+a", blip)));
    return Conversation.read(wavelet).orElseThrow();
  }
}
