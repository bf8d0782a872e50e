// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.wavefed.shell.Refusal;

class PlaceTest {
  @Test
  void placeShouldBeTheEndWhenNoOptionIsGiven() {
    assertThat(Place.of("", Place.END, "", "", "", false)).isEqualTo(new Place.End(""));
  }

  @Test
  void placeShouldFollowTheOption() {
    assertThat(Place.of("b+1", 3, "", "", "", false)).isEqualTo(new Place.Offset("b+1", 3));
    assertThat(Place.of("", Place.END, "li", "", "", false)).isEqualTo(new Place.NewLine("", "li"));
    assertThat(Place.of("", Place.END, "", "b+1", "", false)).isEqualTo(new Place.Reply("b+1"));
    assertThat(Place.of("", Place.END, "", "", "t+1", false)).isEqualTo(new Place.InThread("t+1"));
    assertThat(Place.of("", Place.END, "", "", "", true)).isEqualTo(new Place.NewBlip());
  }

  @Test
  void optionsShouldBeRefusedWhenTheyContradictEachOther() {
    assertThatThrownBy(() -> Place.of("", 3, "li", "", "", false)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> Place.of("b+1", Place.END, "", "b+2", "", false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("one place at a time");
  }

  @Test
  void optionsShouldBeRefusedWhenTheirValuesMakeNoSense() {
    assertThatThrownBy(() -> Place.of("", -2, "", "", "", false)).hasMessageContaining("--at -2");
    assertThatThrownBy(() -> Place.of("", Place.END, "h9", "", "", false))
        .hasMessageContaining("--line h9");
  }
}
