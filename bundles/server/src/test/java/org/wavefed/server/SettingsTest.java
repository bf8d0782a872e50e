// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What counts when a part of the configuration makes no sense. */
class SettingsTest {
  private final Settings before =
      new Settings(Domains.of(List.of("acmewave.example")), TestServer.LIMITS);

  /** The defaults but for the domains, as an OSGi container gives them. */
  private static ServerConfig config(String... domains) {
    return (ServerConfig)
        Proxy.newProxyInstance(
            ServerConfig.class.getClassLoader(),
            new Class<?>[] {ServerConfig.class},
            (self, method, args) ->
                method.getName().equals("domains") ? domains : method.getDefaultValue());
  }

  @Test
  void valuesShouldCountWhenTheyMakeSense() {
    Settings next = before.next(config("initech.example"), Map.of("limits.delta.bytes", "131072"));
    assertThat(next)
        .isEqualTo(new Settings(Domains.of(List.of("initech.example")), Limits.DEFAULTS));
  }

  @Test
  void limitsShouldStayWhenOneIsNoNumber() {
    Settings next = before.next(config("initech.example"), Map.of("limits.delta.bytes", "abc"));
    assertThat(next.limits()).isEqualTo(before.limits());
    assertThat(next.domains().all()).containsExactly("initech.example");
  }

  @Test
  void domainsShouldStayWhenOneIsNone() {
    Settings next = before.next(config("not a domain"), Map.of());
    assertThat(next.domains()).isEqualTo(before.domains());
    assertThat(next.limits()).isEqualTo(Limits.DEFAULTS);
  }

  @Test
  void serverShouldStartWithoutDomainsWhenTheConfiguredOnesMakeNoSense() {
    try (WaveServer server = new WaveServer(config("-"), Map.of("limits.delta.bytes", "abc"))) {
      assertThat(server.localDomains()).isEmpty();
      server.configure(config("acmewave.example"), Map.of());
      assertThat(server.localDomains()).containsExactly("acmewave.example");
    }
  }
}
