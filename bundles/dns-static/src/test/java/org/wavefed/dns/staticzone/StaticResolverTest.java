// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.staticzone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wavefed.dns.CachedAnswer;
import org.wavefed.dns.DnsAnswer.Kind;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsResolver;
import org.wavefed.testkit.dns.DnsResolverContract;

class StaticResolverTest implements DnsResolverContract {
  private final StaticResolver resolver = resolver(String.join("\n", ZONE));

  private static StaticResolver resolver(String records) {
    return new StaticResolver(Map.of("records", records, "dns.kind", "static"));
  }

  @Override
  public DnsResolver resolver() {
    return resolver;
  }

  @Test
  void recordsShouldBeSeparatedByCommasOrLines() {
    StaticResolver two = resolver("a.example A 127.0.0.1, b.example AAAA ::1\n\n");
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
    assertThatThrownBy(() -> Zone.parse("ok.example A 127.0.0.1," + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "records in etc/org.wavefed.dns.static.cfg: cannot read '" + line + "'; write NAME SRV")
        .message()
        .doesNotContain("\n");
  }

  /** Nobody asked the DNS. */
  @Test
  void recordsShouldNotCountAsValidatedWhenTheyAreWrittenByHand() throws Exception {
    StaticResolver one = resolver("a.example A 127.0.0.1");
    assertThat(one.addresses("a.example", Duration.ofSeconds(1)).toCompletableFuture().get())
        .matches(answer -> !answer.authenticated());
    assertThat(one.cached()).hasSize(1).noneMatch(CachedAnswer::authenticated);
  }

  private static Kind find(DnsResolver asked) throws Exception {
    return asked.addresses("a.example", Duration.ofSeconds(1)).toCompletableFuture().get().kind();
  }

  @Test
  void recordsShouldStayAsTheyWereWhenTheNextCannotBeRead() throws Exception {
    StaticResolver one = resolver("a.example A 127.0.0.1");
    one.modified(Map.of("records", "b.example A somewhere"));
    assertThat(find(one)).isEqualTo(Kind.FOUND);
    one.modified(Map.of("records", "b.example A 127.0.0.1"));
    assertThat(find(one)).isEqualTo(Kind.NO_SUCH_NAME);
  }

  @Test
  void nothingShouldBeAnsweredWhenNoRecordsCouldBeReadYet() throws Exception {
    StaticResolver one = resolver("a.example A somewhere");
    assertThatThrownBy(() -> find(one))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(DnsException.class)
        .hasMessage("nothing is answered until org.wavefed.dns.static.cfg is right");
    assertThat(one.description()).startsWith("static, nothing is answered");
    assertThat(one.cached()).isEmpty();
    one.flush(Optional.empty());
    one.modified(Map.of("records", "a.example A 127.0.0.1"));
    assertThat(find(one)).isEqualTo(Kind.FOUND);
  }
}
