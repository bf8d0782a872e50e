// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wavefed.dns.DnsException;

/** What counts when a part of the configuration makes no sense. */
class DnsConfigurationTest {
  private static final String ASKING = "dnsjava, asking 127.0.0.1:";

  @ParameterizedTest
  @CsvSource({
    "nameservers, localhost",
    "nameservers, 127.0.0.1:70000",
    "timeout.millis, 49",
    "timeout.millis, soon",
    "rounds, 11",
    "rounds, 0",
    "nameservers.trusted, maybe",
    "cache.answers.max, -1",
  })
  void allShouldStayAsItWasWhenOneValueMakesNoSense(String key, String value) throws Exception {
    try (DnsjavaResolver resolver = new DnsjavaResolver(Map.of("nameservers", "127.0.0.1:1"))) {
      resolver.modified(Map.of("nameservers", "127.0.0.1:2"));
      assertThat(resolver.description()).isEqualTo(ASKING + 2);
      resolver.modified(
          key.equals("nameservers")
              ? Map.of(key, value)
              : Map.of("nameservers", "127.0.0.1:3", key, value));
      assertThat(resolver.description()).isEqualTo(ASKING + 2);
    }
  }

  @Test
  void defaultsShouldCountAtTheStartInThePlaceOfNumbersThatMakeNoSense() throws Exception {
    try (DnsjavaResolver resolver =
        new DnsjavaResolver(Map.of("nameservers", "127.0.0.1:1", "rounds", "many"))) {
      assertThat(resolver.description()).isEqualTo(ASKING + 1);
    }
  }

  @Test
  void nobodyShouldBeAskedWhenNoNameserverMadeSenseYet() throws Exception {
    try (DnsjavaResolver resolver = new DnsjavaResolver(Map.of("nameservers", "localhost"))) {
      assertThatThrownBy(
              () -> resolver.srv("a.example", Duration.ofSeconds(5)).toCompletableFuture().join())
          .cause()
          .isInstanceOf(DnsException.class)
          .hasMessageStartingWith("no nameserver is configured");
      resolver.flush(Optional.empty());
      resolver.modified(Map.of("nameservers", "127.0.0.1:1"));
      assertThat(resolver.description()).isEqualTo(ASKING + 1);
    }
  }
}
