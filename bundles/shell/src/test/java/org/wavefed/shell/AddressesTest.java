// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  private static final Set<String> OURS = Set.of("acmewave.example");

  @Test
  void participantsShouldBeLowerCasedAndNamedOnce() {
    assertThat(
            Addresses.participants(
                List.of("Bob@Initech.example", "bob@initech.example", "@acmewave.example")))
        .hasToString("[bob@initech.example, @acmewave.example]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bob", "bob@", "bob@in itech", "a@b@c", "bob@-x", "", "--as", "b ob@x.example"})
  void participantShouldBeRefusedInOneLineWhenItIsMalformed(String typed) {
    assertThatThrownBy(() -> Addresses.participant(typed))
        .isInstanceOf(Refusal.class)
        .message()
        .hasLineCount(1)
        .isNotEmpty();
  }

  @Test
  void userShouldBeRefusedWhenItIsNotOurs() {
    assertThatThrownBy(() -> Addresses.user("bob@initech.example", OURS))
        .isInstanceOf(Refusal.class)
        .hasMessage("bob@initech.example is no user of this server, which serves acmewave.example");
  }

  @Test
  void userShouldBeRefusedWhenItIsAWholeDomain() {
    assertThatThrownBy(() -> Addresses.user("@acmewave.example", OURS))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("whole domain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a..b", "-a.example", "bob@initech.example", "x\u001B[2J"})
  void domainShouldBeRefusedWhenItIsMalformed(String typed) {
    assertThatThrownBy(() -> Addresses.domain(typed))
        .isInstanceOf(Refusal.class)
        .message()
        .doesNotContain("\u001B");
  }
}
