// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.shell.Output;
import org.wavefed.shell.Times;
import org.wavefed.wave.WaveletChange;

class LiveViewTest {
  private static final String ALICE = "alice@acmewave.example";
  private static final String BOB = "bob@initech.example";
  private final Output output = new Output();
  private final LiveView lines = new LiveView(output.stream(), new Times(ZoneOffset.UTC), 0);
  private final LiveView terminal = new LiveView(output.stream(), new Times(ZoneOffset.UTC), 100);

  @Test
  void typingShouldGrowOnOneLineUntilItSettles() {
    lines.changed(typed(1, ALICE, 3, "H"));
    lines.changed(typed(2, ALICE, 4, "i"));
    assertThat(output.text()).isEmpty();
    lines.settle();
    assertThat(output.lines()).containsExactly("00:00:01 v1 " + ALICE + " b+1 wrote \"Hi\"");
  }

  @Test
  void typingShouldEndWhenAnotherTypes() {
    lines.changed(typed(1, ALICE, 3, "H"));
    lines.changed(typed(2, BOB, 4, "x"));
    lines.changed(typed(3, ALICE, 5, "i"));
    lines.settle();
    assertThat(output.lines())
        .containsExactly(
            "00:00:01 v1 " + ALICE + " b+1 wrote \"H\"",
            "00:00:02 v2 " + BOB + " b+1 wrote \"x\"",
            "00:00:03 v3 " + ALICE + " b+1 wrote \"i\"");
  }

  @Test
  void typingShouldEndWhenItGoesOnElsewhere() {
    lines.changed(typed(1, ALICE, 3, "H"));
    lines.changed(typed(2, ALICE, 9, "i"));
    lines.settle();
    assertThat(output.lines()).hasSize(2);
  }

  @Test
  void terminalShouldShowEachKeystrokeAtOnceOnTheSameLine() {
    terminal.changed(typed(1, ALICE, 3, "H"));
    terminal.changed(typed(2, ALICE, 4, "i"));
    assertThat(output.text())
        .endsWith("\r\u001B[K00:00:01 v1 " + ALICE + " b+1 wrote \"Hi\"")
        .doesNotContain("\n");
    terminal.settle();
    assertThat(output.text()).endsWith(System.lineSeparator());
  }

  @Test
  void terminalShouldBeginANewLineWhenTheLineIsFull() {
    int at = 0;
    for (int i = 0; i < 60; i++) {
      terminal.changed(typed(i + 1, ALICE, at++, "x"));
    }
    terminal.settle();
    assertThat(output.text().chars().filter(c -> c == '\n').count()).isEqualTo(2);
    // A carriage return ends a line here as well.
    assertThat(output.lines()).allMatch(line -> line.replace("\u001B[K", "").length() < 100);
  }

  @Test
  void narrowTerminalShouldShowAllThatIsTypedOnALineOfItsOwn() {
    LiveView narrow = new LiveView(output.stream(), new Times(ZoneOffset.UTC), 60);
    narrow.changed(typed(1, ALICE, 3, "H"));
    narrow.changed(typed(2, ALICE, 4, "i"));
    narrow.changed(typed(3, BOB, 4, "x".repeat(70)));
    narrow.settle();
    assertThat(output.text().split("\n"))
        .extracting(line -> line.replaceFirst("(?s).*\u001B\\[K", ""))
        .containsExactly(
            "00:00:01 v1 " + ALICE + " b+1 wrote",
            "  \"Hi\"",
            "00:00:03 v3 " + BOB + " b+1 wrote",
            "  \"" + "x".repeat(70) + "\"");
  }

  private static WaveletChange typed(long version, String author, int offset, String text) {
    DocOp operation = DocOp.builder().retain(offset).characters(text).retain(5).build();
    return new WaveletChange(
        new HashedVersion(version - 1, Bytes.EMPTY),
        new HashedVersion(version, Bytes.EMPTY),
        ParticipantId.of(author),
        version * 1000,
        List.of(new MutateDocument("b+1", operation)));
  }
}
