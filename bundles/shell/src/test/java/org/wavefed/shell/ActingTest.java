// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.Test;

class ActingTest {
  private static final Set<String> OURS = Set.of("acmewave.example");
  private final Session session = FakeSession.headless(Path.of("."));

  @Test
  void userShouldComeFromTheOptionFirst() {
    Acting.setSessionUser(session, "alice@acmewave.example");
    assertThat(Acting.user(session, "carol@acmewave.example", OURS))
        .hasToString("carol@acmewave.example");
    assertThat(Acting.user(session, "", OURS)).hasToString("alice@acmewave.example");
  }

  @Test
  void userShouldBeAskedForWhenThereIsNone() {
    assertThatThrownBy(() -> Acting.user(session, "", OURS))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("--as")
        .hasMessageContaining("wave:as");
  }

  @Test
  void optionShouldBeReadInBothSpellings() {
    assertThat(Acting.option(List.of("wave:list", "--as", "a@b.example"))).isEqualTo("a@b.example");
    assertThat(Acting.option(List.of("wave:list", "--as=a@b.example"))).isEqualTo("a@b.example");
    assertThat(Acting.option(List.of("wave:list", "--as"))).isEmpty();
  }
}
