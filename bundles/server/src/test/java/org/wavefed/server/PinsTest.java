// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PinsTest {
  @Test
  void pinsShouldBeDomainsWithKinds() {
    assertThat(Pins.parse(" Initech.example  s2s, other.example component,"))
        .isEqualTo(Map.of("initech.example", "s2s", "other.example", "component"));
    assertThat(Pins.parse("")).isEmpty();
  }

  @Test
  void pinsShouldBeRefusedInOneLineWhenMalformed() {
    for (String bad : new String[] {"initech.example", "a b c", "-.x s2s", "a.example S/2"}) {
      assertThatThrownBy(() -> Pins.parse(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("transports.pinned in etc/org.wavefed.server.cfg: '");
    }
  }
}
