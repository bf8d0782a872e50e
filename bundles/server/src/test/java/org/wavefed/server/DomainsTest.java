// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DomainsTest {
  @Test
  void domainsShouldBeReadInOrderWhenTheyComeAsOneValue() {
    assertThat(Domains.of(List.of(" Acmewave.example, initech.example ,")).all())
        .containsExactly("acmewave.example", "initech.example");
  }

  @Test
  void domainsShouldBeNoneWhenTheValueIsBlank() {
    assertThat(Domains.of(List.of(" ")).all()).isEmpty();
  }

  @Test
  void domainsShouldBeRefusedInOneLineWhenOneIsNoDomainName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Domains.of(List.of("acmewave.example initech.example")))
        .withMessage(
            "domains in etc/org.wavefed.server.cfg: 'acmewave.example initech.example' is not a domain"
                + " name");
  }
}
