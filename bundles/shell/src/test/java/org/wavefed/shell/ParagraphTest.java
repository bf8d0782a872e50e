// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {
  @Test
  void lineShouldBreakAtSpacesAndKeepItsIndentation() {
    assertThat(Paragraph.lines("  * ", "one two three four five six", 24))
        .containsExactly("  * one two three four", "    five six");
  }

  @Test
  void lineShouldBreakInsideAWordThatIsTooLong() {
    assertThat(Paragraph.lines("", "x".repeat(25), 20))
        .containsExactly("x".repeat(20), "x".repeat(5));
  }

  @Test
  void lineShouldBreakLongNamesAndPathsWhereTheirPartsEnd() {
    assertThat(Paragraph.lines("", "SRV _xmpp-server._tcp.wave.initech.example", 26))
        .containsExactly("SRV _xmpp-server._tcp.", "wave.initech.example");
    assertThat(Paragraph.lines("", "/srv/wavefed/etc/wavefed/keys/a.key", 21))
        .containsExactly("/srv/wavefed/etc/", "wavefed/keys/a.key");
    assertThat(Paragraph.lines("", "initech.example at 192.0.2.1", 25))
        .containsExactly("initech.example at", "192.0.2.1");
  }

  @Test
  void lineShouldStayWholeWhenThereIsNoWidth() {
    assertThat(Paragraph.lines("", "x ".repeat(500), 0)).hasSize(1);
  }

  @Test
  void lineShouldBeThereWhenItIsEmpty() {
    assertThat(Paragraph.lines("# ", "", 80)).containsExactly("# ");
  }
}
