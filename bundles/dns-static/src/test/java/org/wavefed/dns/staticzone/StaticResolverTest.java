// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.staticzone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wavefed.dns.DnsResolver;
import org.wavefed.testkit.dns.DnsResolverContract;

class StaticResolverTest implements DnsResolverContract {
  private final StaticResolver resolver = new StaticResolver(String.join("\n", ZONE));

  @Override
  public DnsResolver resolver() {
    return resolver;
  }

  @Test
  void recordsShouldBeSeparatedByCommasOrLines() {
    StaticResolver two = new StaticResolver("a.example A 127.0.0.1, b.example AAAA ::1\n\n");
    assertThat(two.description()).isEqualTo("static, 2 names from org.wavefed.dns.static.cfg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example",
        "a.example A",
        "a.example A ::1",
        "a.example AAAA 127.0.0.1",
        "a.example A localhost",
        "a.example A 127.1",
        "a.example A 127.0.0.1 more",
        "a.example SRV 0 0 5269",
        "a.example SRV 0 0 70000 b.example",
        "a.example SRV 0 -1 5269 b.example",
        "a.example SRV x 0 5269 b.example",
        "a.example MX 10 b.example",
        "a..example A 127.0.0.1",
        ". A 127.0.0.1",
        "a.example CNAME ."
      })
  void configurationShouldBeRefusedInOneLineWhenARecordCannotBeRead(String line) {
    assertThatThrownBy(() -> new StaticResolver("ok.example A 127.0.0.1," + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "records in org.wavefed.dns.static.cfg: cannot read '" + line + "'; write NAME SRV")
        .message()
        .doesNotContain("\n");
  }
}
