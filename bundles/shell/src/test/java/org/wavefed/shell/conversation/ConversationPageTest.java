// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wavefed.model.conversation.Blip;
import org.wavefed.model.conversation.BlipThread;
import org.wavefed.model.conversation.Content;
import org.wavefed.model.conversation.Conversation;
import org.wavefed.model.conversation.Line;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.id.ParticipantId;

class ConversationPageTest {
  private static final List<ParticipantId> ALICE =
      List.of(ParticipantId.of("alice@acmewave.example"));
  private static final List<ParticipantId> BOTH =
      List.of(ParticipantId.of("alice@acmewave.example"), ParticipantId.of("bob@initech.example"));

  @Test
  void pageShouldShowWhoWroteWhatWhere() {
    Blip reply = new Blip("b+2", false, BOTH, List.of(line("Yes.")), List.of());
    Blip first =
        new Blip(
            "b+1",
            false,
            ALICE,
            List.of(line("Lunch?"), line("Where", "t", "h2"), line("here", "t", "li", "i", "1")),
            List.of(new BlipThread("t+1", true, List.of(reply))));
    Blip gone = new Blip("b+3", true, ALICE, List.of(), List.of());
    assertThat(page(first, gone))
        .containsExactly(
            "b+1  alice@acmewave.example",
            "  Lunch?",
            "  ## Where",
            "    * here",
            "",
            "    thread t+1 (inline)",
            "    b+2  alice@acmewave.example, bob@initech.example",
            "      Yes.",
            "",
            "b+3  (deleted)  alice@acmewave.example");
  }

  @Test
  void elementShouldBeNamedWhenItIsNoText() {
    Content image =
        new Content.Element(
            "image",
            Attributes.of("attachment", "a1"),
            List.of(
                new Content.Element(
                    "caption",
                    Attributes.EMPTY,
                    List.of(new Content.Text("us", Attributes.EMPTY)))));
    Blip blip =
        new Blip(
            "b+1", false, ALICE, List.of(new Line(Attributes.EMPTY, List.of(image))), List.of());
    assertThat(page(blip)).contains("  [image a1: [caption: us]]");
  }

  @Test
  void textShouldNotReachTheTerminalWithControlCharacters() {
    Blip blip = new Blip("b+1", false, ALICE, List.of(line("a\u001B[31mb")), List.of());
    assertThat(page(blip)).contains("  a\uFFFD[31mb");
  }

  private static List<String> page(Blip... blips) {
    return ConversationPage.lines(new Conversation(Attributes.EMPTY, List.of(blips)), 80);
  }

  private static Line line(String text, String... attributes) {
    return new Line(Attributes.of(attributes), List.of(new Content.Text(text, Attributes.EMPTY)));
  }
}
