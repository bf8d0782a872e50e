// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletState;

class ConversationWriterTest {
  private static final ParticipantId ALICE = ParticipantId.of("alice@acmewave.example");
  private static final ParticipantId BOB = ParticipantId.of("bob@initech.example");

  private WaveletState wavelet =
      WaveletState.empty(WaveletName.parse("acmewave.example/w+abc/conv+root"));

  private ConversationWriter as(ParticipantId author) {
    return new ConversationWriter(wavelet, author);
  }

  private void apply(ParticipantId author, List<WaveletOperation> operations) throws Exception {
    assertThat(operations.stream().filter(MutateDocument.class::isInstance))
        .extracting(operation -> ((MutateDocument) operation).documentId())
        .doesNotHaveDuplicates();
    wavelet = wavelet.apply(author, 1, operations);
  }

  private String xml(String documentId) {
    return wavelet.document(documentId).orElseThrow().toXml();
  }

  private Conversation conversation() {
    return Conversation.read(wavelet).orElseThrow();
  }

  @Test
  void createShouldMakeManifestAndFirstBlip() throws Exception {
    apply(ALICE, as(ALICE).create("b+a", "Hello\nworld"));

    assertThat(wavelet.participants()).containsExactly(ALICE);
    assertThat(xml("conversation")).isEqualTo("<conversation><blip id=\"b+a\"/></conversation>");
    assertThat(xml("b+a"))
        .isEqualTo(
            "<contributor name=\"alice@acmewave.example\"/>"
                + "<body><line/>Hello<line/>world</body>");
  }

  @Test
  void appendShouldAddContributorOnceForEachWriter() throws Exception {
    apply(ALICE, as(ALICE).create("b+a", "Hello"));
    apply(BOB, as(BOB).append("b+a", ", Alice"));
    apply(BOB, as(BOB).append("b+a", "!\nBye"));

    assertThat(xml("b+a"))
        .isEqualTo(
            "<contributor name=\"alice@acmewave.example\"/>"
                + "<contributor name=\"bob@initech.example\"/>"
                + "<body><line/>Hello, Alice!<line/>Bye</body>");
    assertThat(conversation().blips().get(0).contributors()).containsExactly(ALICE, BOB);
  }

  @Test
  void insertShouldReachEveryPlaceOfTheText() throws Exception {
    apply(ALICE, as(ALICE).create("b+a", "ab\n\ncd"));
    String text = conversation().blips().get(0).text();
    assertThat(text).isEqualTo("ab\n\ncd");
    WaveletState before = wavelet;
    for (int offset = 0; offset <= text.length(); offset++) {
      wavelet = before;
      apply(BOB, as(BOB).insert("b+a", offset, "x\ny"));
      assertThat(conversation().blips().get(0).text())
          .isEqualTo(new StringBuilder(text).insert(offset, "x\ny").toString());
    }
    wavelet = before;
    refuses(() -> as(BOB).insert("b+a", text.length() + 1, "x"), "no place");
    refuses(() -> as(BOB).insert("b+a", -1, "x"), "no place");
  }

  @Test
  void replyShouldStartThreadThatCanBeContinued() throws Exception {
    apply(ALICE, as(ALICE).create("b+a", "Hello"));
    apply(BOB, as(BOB).reply("b+a", "t1", "b+b", "Hi"));
    apply(ALICE, as(ALICE).continueThread("t1", "b+c", "How are you?"));
    apply(BOB, as(BOB).continueRoot("b+d", "Next"));
    apply(ALICE, as(ALICE).appendLine("b+d", Attributes.of("t", "li", "i", "1"), "item"));

    assertThat(xml("conversation"))
        .isEqualTo(
            "<conversation><blip id=\"b+a\"><thread id=\"t1\"><blip id=\"b+b\"/>"
                + "<blip id=\"b+c\"/></thread></blip><blip id=\"b+d\"/></conversation>");
    assertThat(conversation().toPlainText())
        .isEqualTo(
            String.join(
                "\n",
                "b+a  alice@acmewave.example",
                "  Hello",
                "  b+b  bob@initech.example",
                "    Hi",
                "  b+c  alice@acmewave.example",
                "    How are you?",
                "b+d  bob@initech.example, alice@acmewave.example",
                "  Next",
                "    - item",
                ""));
    assertThat(conversation().blip("b+c")).isPresent();
    assertThat(conversation().blip("b+x")).isEmpty();
  }

  @Test
  void writerShouldRefuseInOneLineWhatIsNotThere() throws Exception {
    apply(ALICE, as(ALICE).create("b+a", "Hello"));
    refuses(() -> as(ALICE).create("b+b", ""), "a conversation already");
    refuses(() -> as(BOB).append("b+x", "x"), "no blip b+x");
    refuses(() -> as(BOB).continueThread("t9", "b+b", "x"), "no thread t9");
    refuses(() -> as(BOB).continueRoot("b+a", "x"), "already");
    refuses(() -> as(BOB).append("b+a", "\uD83D\uDE00"), "beyond U+FFFF");
    refuses(() -> as(BOB).append("b+a", "\u0007"), "control character");
  }

  private static void refuses(Runnable attempt, String reason) {
    assertThatThrownBy(attempt::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
  }

  @Test
  void appendShouldMakeBodyWhenBlipHasNoDocument() throws Exception {
    apply(ALICE, as(ALICE).create("b+a", ""));
    WaveletState full = wavelet;
    var manifestOnly = as(ALICE).continueRoot("b+b", "").get(0);
    wavelet = full.apply(ALICE, 2, List.of(manifestOnly));

    apply(BOB, as(BOB).append("b+b", "x"));

    assertThat(xml("b+b"))
        .isEqualTo("<contributor name=\"bob@initech.example\"/><body><line/>x</body>");
  }
}
