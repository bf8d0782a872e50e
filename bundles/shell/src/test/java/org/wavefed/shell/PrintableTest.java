// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void textShouldStayWhenItIsHarmless() {
    assertThat(Printable.of("Grüße 漢字 😀")).isEqualTo("Grüße 漢字 😀");
  }

  @Test
  void textShouldLoseWhatMovesTheCursorOrReordersTheScreen() {
    assertThat(Printable.of("a\u001B[2Jb\u0007c\u009Bd\u202Ee\u2066f"))
        .isEqualTo("a\uFFFD[2Jb\uFFFDc\uFFFDd\uFFFDe\uFFFDf");
  }

  @Test
  void tabsAndLineEndsShouldBecomeSpaces() {
    assertThat(Printable.of("a\tb\r\nc")).isEqualTo("a b  c");
  }

  @Test
  void cutShouldMarkWhatItLeavesOut() {
    assertThat(Printable.cut("abcdefgh", 6)).isEqualTo("abc...");
    assertThat(Printable.cut("abcdef", 6)).isEqualTo("abcdef");
  }

  @Test
  void cutShouldNotLeaveHalfACharacter() {
    assertThat(Printable.cut("a😀bcdefg", 5)).isEqualTo("a...");
  }
}
