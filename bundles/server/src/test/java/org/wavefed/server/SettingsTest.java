// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts when a part of the configuration makes no sense. */
class SettingsTest {
  private final Settings before =
      new Settings(Domains.of(List.of("acmewave.example")), TestServer.LIMITS);

  private Settings next(String domains, String key, String value) {
    return before.next(Settings.read(Map.of("domains", domains, key, value)));
  }

  @Test
  void valuesShouldCountWhenTheyMakeSense() {
    assertThat(next("initech.example", "limits.delta.bytes", "131072"))
        .isEqualTo(new Settings(Domains.of(List.of("initech.example")), Limits.DEFAULTS));
  }

  @ParameterizedTest
  @CsvSource({
    "limits.delta.bytes, abc",
    "limits.delta.bytes, 1023",
    "limits.open.wavelets, 0",
    "limits.reply.seconds, 301",
    "limits.history.bytes, 3000000000",
  })
  void limitsShouldStayWhenOneMakesNoSense(String key, String value) {
    Settings next = next("initech.example", key, value);
    assertThat(next.limits()).isEqualTo(before.limits());
    assertThat(next.domains().all()).containsExactly("initech.example");
  }

  @Test
  void domainsShouldStayWhenOneIsNone() {
    Settings next = next("not a domain", "transports.pinned", "");
    assertThat(next.domains()).isEqualTo(before.domains());
    assertThat(next.limits()).isEqualTo(Limits.DEFAULTS);
  }

  @Test
  void defaultShouldCountAtTheStartInThePlaceOfALimitThatMakesNoSense() {
    Limits limits =
        Settings.first(Settings.read(Map.of("limits.delta.bytes", "abc", "limits.delta.adds", "7")))
            .limits();
    assertThat(limits.deltaBytes()).isEqualTo(Limits.DEFAULTS.deltaBytes());
    assertThat(limits.deltaAdds()).isEqualTo(7);
  }

  @Test
  void serverShouldStartWithoutDomainsWhenTheConfiguredOnesMakeNoSense() {
    try (WaveServer server = new WaveServer(Map.of("domains", "-"))) {
      assertThat(server.localDomains()).isEmpty();
      server.configure(Map.of("domains", "acmewave.example"));
      assertThat(server.localDomains()).containsExactly("acmewave.example");
    }
  }
}
