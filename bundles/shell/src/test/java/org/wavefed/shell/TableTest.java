// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  private final Output output = new Output();

  @Test
  void tableShouldFitTheTerminalByBreakingLongTexts() {
    table().print(output.stream(), true, 40);
    assertThat(output.lines()).hasSize(5).allMatch(line -> line.length() <= 40);
    assertThat(output.lines().get(2)).contains("w+abc").contains("12");
    assertThat(output.text()).doesNotContain("...");
    assertThat(output.text().chars().filter(c -> c == 'x')).hasSize(60);
  }

  @Test
  void tableShouldCutColumnsThatMayBeCutAndNoOthers() {
    table().cut("TITLE").print(output.stream(), true, 30);
    assertThat(output.lines()).hasSize(3).allMatch(line -> line.length() <= 30);
    assertThat(output.lines().get(2)).contains("w+abc").contains("xx...").contains("12");
    new Table("", "NAME", "TITLE")
        .row("n".repeat(30), "t".repeat(30))
        .cut("TITLE")
        .print(output.stream(), true, 45);
    assertThat(output.text()).contains("n".repeat(30)).contains("ttt...");
  }

  @Test
  void tableShouldShowEverythingWhenThereIsNoTerminal() {
    table().print(output.stream(), true, 0);
    assertThat(output.text()).contains("x".repeat(60)).doesNotContain("...");
  }

  @Test
  void tableShouldShowColumnsBelowEachOtherWhenTheTerminalIsTooNarrow() {
    table().print(output.stream(), true, 29);
    assertThat(output.lines())
        .containsExactly(
            "WAVE     w+abc",
            "TITLE    " + "x".repeat(20),
            "         " + "x".repeat(20),
            "         " + "x".repeat(20),
            "VERSION  12",
            "");
  }

  @Test
  void tableShouldSeparateRawValuesByTabsForScripts() {
    table().print(output.stream(), false, 20);
    assertThat(output.text())
        .isEqualTo("acmewave.example/w+abc\t" + "x".repeat(60) + "\t12" + System.lineSeparator());
  }

  @Test
  void tableShouldSayThatItIsEmptyToPeopleAlone() {
    Table empty = new Table("Nothing waits.", "WAVE");
    empty.print(output.stream(), false, 80);
    assertThat(output.text()).isEmpty();
    empty.print(output.stream(), true, 80);
    assertThat(output.lines()).containsExactly("Nothing waits.");
  }

  @Test
  void cellShouldNotBreakTheRowWhenItsTextHasTabsAndLineEnds() {
    new Table("", "TITLE", "N").row("a\tb\nc", 1).print(output.stream(), false, 80);
    assertThat(output.lines()).containsExactly("a b c\t1");
  }

  @Test
  void rowShouldBeRefusedWhenItHasTooFewCells() {
    Table table = new Table("", "A", "B");
    assertThatThrownBy(() -> table.row("a")).isInstanceOf(IllegalArgumentException.class);
  }

  private static Table table() {
    return new Table("", "WAVE", "TITLE", "VERSION")
        .row(new Table.Cell("w+abc", "acmewave.example/w+abc"), "x".repeat(60), 12);
  }
}
