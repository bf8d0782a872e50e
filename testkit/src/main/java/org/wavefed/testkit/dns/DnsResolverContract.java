// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.wavefed.dns.CachedAnswer;
import org.wavefed.dns.DnsAnswer;
import org.wavefed.dns.DnsAnswer.Kind;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.wavefed.dns.DnsResolver;
import org.wavefed.dns.HostAddress;
import org.wavefed.dns.SrvRecord;

/** What every resolver makes of one zone. */
public interface DnsResolverContract {
  /** The zone, as lines of a zone file with complete names. */
  List<String> ZONE =
      List.of(
          "_xmpp-server._tcp.acmewave.example. SRV 10 60 5269 One.AcmeWave.example.",
          "_xmpp-server._tcp.acmewave.example. SRV 10 40 5270 two.acmewave.example.",
          "_xmpp-server._tcp.acmewave.example. SRV 20 0 65535 three.acmewave.example.",
          "_xmpp-server._tcp.wave.acmewave.example. CNAME _xmpp-server._tcp.acmewave.example.",
          "_xmpp-server._tcp.never.example. SRV 0 0 0 .",
          "one.acmewave.example. A 192.0.2.1",
          "one.acmewave.example. A 192.0.2.2",
          "one.acmewave.example. AAAA 2001:db8::1",
          "two.acmewave.example. AAAA 2001:db8::2",
          "three.acmewave.example. CNAME alias.acmewave.example.",
          "alias.acmewave.example. CNAME one.acmewave.example.",
          "dangling.acmewave.example. CNAME nowhere.acmewave.example.",
          "loop.acmewave.example. CNAME pool.acmewave.example.",
          "pool.acmewave.example. CNAME loop.acmewave.example.",
          "xn--bcher-kva.example. A 192.0.2.9",
          "_xmpp-server._tcp.xn--bcher-kva.example. SRV 0 0 5269 xn--bcher-kva.example.");

  /** How long a test waits. */
  Duration TIMEOUT = Duration.ofSeconds(20);

  /** A resolver that knows {@link #ZONE}; closed by whoever made it. */
  DnsResolver resolver() throws Exception;

  @Test
  default void srvShouldGiveEveryRecordWhenThereAreSeveral() throws Exception {
    DnsAnswer<SrvRecord> answer = srv("_xmpp-server._tcp.acmewave.example");
    assertThat(answer.kind()).isEqualTo(Kind.FOUND);
    assertThat(answer.records())
        .containsExactlyInAnyOrder(
            new SrvRecord(10, 60, 5269, "one.acmewave.example"),
            new SrvRecord(10, 40, 5270, "two.acmewave.example"),
            new SrvRecord(20, 0, 65535, "three.acmewave.example"));
    assertThat(answer.timeToLive()).isPositive();
  }

  @Test
  default void srvShouldFollowAnAliasWhenTheNameIsOne() throws Exception {
    assertThat(srv("_xmpp-server._tcp.wave.acmewave.example").records())
        .hasSize(3)
        .contains(new SrvRecord(10, 40, 5270, "two.acmewave.example"));
  }

  @Test
  default void srvShouldSayNotOfferedWhenTheTargetIsADot() throws Exception {
    DnsAnswer<SrvRecord> answer = srv("_xmpp-server._tcp.never.example");
    assertThat(answer.kind()).isEqualTo(Kind.FOUND);
    assertThat(answer.records()).containsExactly(new SrvRecord(0, 0, 0, ""));
    assertThat(answer.records().get(0).isNotOffered()).isTrue();
  }

  @Test
  default void answerShouldTellNoRecordsFromNoSuchName() throws Exception {
    assertThat(srv("one.acmewave.example").kind()).isEqualTo(Kind.NO_RECORDS);
    assertThat(srv("_xmpp-server._tcp.nobody.example").kind()).isEqualTo(Kind.NO_SUCH_NAME);
    assertThat(addresses("nobody.example").kind()).isEqualTo(Kind.NO_SUCH_NAME);
    assertThat(addresses("dangling.acmewave.example").kind()).isEqualTo(Kind.NO_SUCH_NAME);
    assertThat(addresses("_xmpp-server._tcp.acmewave.example").kind()).isEqualTo(Kind.NO_RECORDS);
  }

  @Test
  default void nameShouldExistWhenThereAreRecordsBelowIt() throws Exception {
    assertThat(addresses("acmewave.example").kind()).isEqualTo(Kind.NO_RECORDS);
    assertThat(srv("_tcp.never.example").kind()).isEqualTo(Kind.NO_RECORDS);
  }

  @Test
  default void addressesShouldBeOfBothKinds() throws Exception {
    assertThat(addresses("one.acmewave.example").records())
        .extracting(address -> address.address().getHostAddress())
        .containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2", "2001:db8:0:0:0:0:0:1");
    assertThat(addresses("two.acmewave.example").records())
        .extracting(address -> address.address().getHostAddress())
        .containsExactly("2001:db8:0:0:0:0:0:2");
  }

  @Test
  default void addressesShouldBeShownAsOperatorsWriteThem() throws Exception {
    addresses("two.acmewave.example");
    assertThat(resolver().cached())
        .filteredOn(
            line -> line.name().equals("two.acmewave.example") && line.type().equals("AAAA"))
        .extracting(CachedAnswer::answer)
        .containsExactly("2001:db8::2");
  }

  @Test
  default void addressesShouldBeOfTheNameAskedForWhenItIsAnAliasOfAnAlias() throws Exception {
    assertThat(addresses("three.acmewave.example").records())
        .hasSize(3)
        .extracting(HostAddress::host)
        .containsOnly("three.acmewave.example");
  }

  @Test
  default void namesShouldBeComparedWithoutCase() throws Exception {
    assertThat(srv("_XMPP-Server._TCP.AcmeWave.Example").records()).hasSize(3);
    assertThat(addresses("ONE.acmewave.EXAMPLE.").records())
        .extracting(HostAddress::host)
        .containsOnly("one.acmewave.example");
  }

  @Test
  default void namesShouldBeLookedUpInAsciiWhenTheyAreUnicode() throws Exception {
    assertThat(addresses("Bücher.example").records())
        .extracting(HostAddress::host)
        .containsExactly("xn--bcher-kva.example");
    assertThat(srv("_xmpp-server._tcp.bücher.example").records())
        .containsExactly(new SrvRecord(0, 0, 5269, "xn--bcher-kva.example"));
  }

  @Test
  default void lookupShouldFailWhenAliasesLoop() {
    assertThat(failure(resolverNow().addresses("loop.acmewave.example", TIMEOUT)).reason())
        .isEqualTo(Reason.BAD_ANSWER);
  }

  @Test
  default void lookupShouldFailInItsStageWhenTheNameIsNone() {
    for (String name : List.of("", ".", "a..b", "x".repeat(64) + ".example", "y.".repeat(130))) {
      assertThat(failure(resolverNow().srv(name, TIMEOUT)).reason())
          .as(name)
          .isEqualTo(Reason.BAD_NAME);
      assertThat(failure(resolverNow().addresses(name, TIMEOUT)).reason())
          .as(name)
          .isEqualTo(Reason.BAD_NAME);
    }
  }

  @Test
  default void cacheShouldShowWhatWasAsked() throws Exception {
    srv("_xmpp-server._tcp.never.example");
    assertThat(resolver().cached())
        .filteredOn(line -> line.name().equals("_xmpp-server._tcp.never.example"))
        .extracting(CachedAnswer::type, CachedAnswer::answer)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("SRV", "0 0 0 ."));
  }

  @Test
  default void answersShouldStayTheSameWhenTheCacheIsFlushed() throws Exception {
    srv("_xmpp-server._tcp.acmewave.example");
    resolver().flush(Optional.of("_XMPP-server._tcp.acmewave.example"));
    assertThat(srv("_xmpp-server._tcp.acmewave.example").records()).hasSize(3);
    resolver().flush(Optional.empty());
    resolver().flush(Optional.of("a..b"));
    assertThat(srv("_xmpp-server._tcp.acmewave.example").records()).hasSize(3);
  }

  private DnsAnswer<SrvRecord> srv(String name) throws Exception {
    return get(resolver().srv(name, TIMEOUT));
  }

  private DnsAnswer<HostAddress> addresses(String host) throws Exception {
    return get(resolver().addresses(host, TIMEOUT));
  }

  private DnsResolver resolverNow() {
    try {
      return resolver();
    } catch (Exception e) {
      throw new AssertionError("no resolver", e);
    }
  }

  private static <T> T get(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  private static DnsException failure(CompletionStage<?> stage) {
    Throwable thrown = catchThrowable(() -> get(stage));
    assertThat(thrown).isInstanceOf(ExecutionException.class);
    assertThat(thrown.getCause()).isInstanceOf(DnsException.class);
    return (DnsException) thrown.getCause();
  }
}
