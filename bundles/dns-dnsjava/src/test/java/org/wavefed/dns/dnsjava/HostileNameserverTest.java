// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wavefed.dns.DnsAnswer;
import org.wavefed.dns.DnsAnswer.Kind;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.wavefed.dns.HostAddress;
import org.wavefed.dns.SrvRecord;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class HostileNameserverTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final String NAME = "_xmpp-server._tcp.acmewave.example";

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final List<AutoCloseable> open = new ArrayList<>();
  private ScriptedNameserver server;
  private DnsjavaResolver resolver;

  @BeforeEach
  void start() throws IOException {
    server = server();
    resolver = resolver(false, 1, 100, server.address());
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private ScriptedNameserver server() throws IOException {
    ScriptedNameserver made = new ScriptedNameserver();
    open.add(made);
    return made;
  }

  private DnsjavaResolver resolver(
      boolean trusted, int rounds, int cache, InetSocketAddress... servers) {
    DnsjavaResolver made =
        new DnsjavaResolver(
            new DnsSettings(Arrays.asList(servers), PATIENCE, rounds, trusted, cache), now::get);
    open.add(made);
    return made;
  }

  @Test
  void loopShouldBeABadAnswerWhenItIsWithinOneAnswer() {
    server.answers(
        (query, tcp) -> answer(query, alias(NAME, "b.example"), alias("b.example", NAME)));
    assertThat(failure(resolver.srv(NAME, LONG)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_ANSWER))
        .hasMessageContaining("a loop of aliases at " + NAME);
  }

  @Test
  void loopShouldBeABadAnswerWhenItGoesAcrossAnswers() {
    server.answers(
        (query, tcp) ->
            answer(
                query, isFor(query, NAME) ? alias(NAME, "b.example") : alias("b.example", NAME)));
    assertThat(failure(resolver.srv(NAME, LONG)).reason()).isEqualTo(Reason.BAD_ANSWER);
    assertThat(server.asked).hasSizeLessThan(12);
  }

  @Test
  void aliasesShouldEndWhenThereAreEverMore() {
    server.answers(
        (query, tcp) -> {
          String name = query.getQuestion().getName().toString(true);
          return answer(query, alias(name, "x" + name));
        });
    assertThat(failure(resolver.srv("a.example", LONG)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_ANSWER))
        .hasMessageContaining("more than 8 aliases");
  }

  @Test
  void aliasShouldBeFollowedWhenItsTargetIsInAnotherAnswer() {
    server.answers(
        (query, tcp) ->
            isFor(query, NAME)
                ? answer(query, alias(NAME, "b.example"))
                : answer(query, srv("b.example", 5)));
    assertThat(get(resolver.srv(NAME, LONG)).timeToLive()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void truncatedAnswerShouldBeAskedForAgainOverTcp() {
    server.answers((query, tcp) -> tcp ? answer(query, srv(NAME, 60)) : truncated(query));
    assertThat(get(resolver.srv(NAME, LONG)).records()).hasSize(1);
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void lookupShouldFailWhenTcpGivesNothingAfterTruncation() {
    server.answers((query, tcp) -> tcp ? List.of() : truncated(query));
    assertThat(failure(resolver.srv(NAME, LONG)).reason()).isEqualTo(Reason.SERVER_FAILURE);
  }

  @Test
  void lookupShouldFailWhenTcpAnswersAnotherQuestion() {
    server.answers(
        (query, tcp) -> {
          Message other = ScriptedNameserver.reply(query);
          other.getHeader().setID(query.getHeader().getID() ^ 1);
          return tcp ? List.of(other.toWire()) : truncated(query);
        });
    assertThat(failure(resolver.srv(NAME, LONG)).reason()).isEqualTo(Reason.BAD_ANSWER);
  }

  @Test
  void forgeriesShouldBePassedOverWhenTheAnswerComesAfterThem() {
    server.answers(
        (query, tcp) -> {
          Message wrongId = ScriptedNameserver.reply(query);
          wrongId.getHeader().setID(query.getHeader().getID() ^ 0x55);
          Message wrongName = new Message(query.getHeader().getID());
          wrongName.getHeader().setFlag(Flags.QR);
          wrongName.addRecord(
              Record.newRecord(name("other.example"), Type.SRV, DClass.IN), Section.QUESTION);
          Message wrongType = new Message(query.getHeader().getID());
          wrongType.getHeader().setFlag(Flags.QR);
          wrongType.addRecord(Record.newRecord(name(NAME), Type.A, DClass.IN), Section.QUESTION);
          return List.of(
              new byte[0],
              new byte[] {1, 2, 3},
              wrongId.toWire(),
              wrongName.toWire(),
              wrongType.toWire(),
              query.toWire(),
              answer(query, srv(NAME, 60)).get(0));
        });
    assertThat(get(resolver.srv(NAME, LONG)).records()).hasSize(1);
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void lookupShouldTimeOutWhenNothingButForgeriesCome() {
    server.answers(
        (query, tcp) -> {
          Message wrongId = ScriptedNameserver.reply(query);
          wrongId.getHeader().setID(query.getHeader().getID() ^ 0x55);
          return List.of(wrongId.toWire(), wrongId.toWire());
        });
    assertThat(failure(resolver.srv(NAME, LONG)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT))
        .hasMessageContaining(NAME + " SRV at 127.0.0.1:");
  }

  @Test
  void recordsOfOtherNamesShouldNotBeBelieved() {
    server.answers(
        (query, tcp) -> answer(query, srv("evil.example", 60), alias("evil.example", NAME)));
    assertThat(get(resolver.srv(NAME, LONG)).kind()).isEqualTo(Kind.NO_RECORDS);
    assertThat(resolver.cached()).isEmpty();
  }

  @Test
  void hugeAnswerShouldBeRefused() {
    Record[] records = new Record[300];
    for (int i = 0; i < records.length; i++) {
      records[i] = new SRVRecord(name(NAME), DClass.IN, 60, 0, 0, i, name("h.example"));
    }
    server.answers((query, tcp) -> tcp ? answer(query, records) : truncated(query));
    assertThat(failure(resolver.srv(NAME, LONG)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_ANSWER))
        .hasMessageContaining("more than 256 records");
  }

  @Test
  void garbageBehindTheQuestionShouldBeABadAnswer() {
    server.answers(
        (query, tcp) -> {
          byte[] whole = answer(query, srv(NAME, 60)).get(0);
          return List.of(Arrays.copyOf(whole, whole.length - 5));
        });
    assertThat(failure(resolver.srv(NAME, LONG)).reason()).isEqualTo(Reason.BAD_ANSWER);
  }

  @Test
  void failureShouldSayWhenThereIsNoNameserver() throws Exception {
    InetSocketAddress nobody;
    try (ScriptedNameserver gone = new ScriptedNameserver()) {
      nobody = gone.address();
    }
    assertThat(failure(resolver(false, 1, 100, nobody).srv(NAME, LONG)))
        .hasMessage(
            NAME
                + " SRV at 127.0.0.1:"
                + nobody.getPort()
                + ": connection refused: no nameserver there");
  }

  @Test
  void refusalsShouldBeFailuresAndNotAnswers() {
    for (int rcode : new int[] {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.FORMERR, Rcode.NOTIMP}) {
      server.answers((query, tcp) -> refused(query, rcode));
      assertThat(failure(resolver.srv(NAME, LONG)))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.SERVER_FAILURE))
          .hasMessageContaining(Rcode.string(rcode));
    }
    server.answers(
        (query, tcp) -> {
          Message bare = new Message(query.getHeader().getID());
          bare.getHeader().setFlag(Flags.QR);
          bare.getHeader().setRcode(Rcode.FORMERR);
          return List.of(bare.toWire());
        });
    assertThat(failure(resolver.srv(NAME, LONG))).hasMessageContaining("FORMERR");
  }

  @Test
  void referralShouldBeAFailure() {
    server.answers(
        (query, tcp) -> {
          Message referral = ScriptedNameserver.reply(query);
          referral.getHeader().unsetFlag(Flags.RA);
          referral.addRecord(
              new NSRecord(name("example"), DClass.IN, 60, name("ns.example")), Section.AUTHORITY);
          return List.of(referral.toWire());
        });
    assertThat(failure(resolver.srv(NAME, LONG)).reason()).isEqualTo(Reason.SERVER_FAILURE);
  }

  @Test
  void silenceShouldTimeOutAndBeAskedInEveryRound() {
    DnsjavaResolver patient = resolver(false, 2, 10, server.address());
    assertThat(failure(patient.srv(NAME, LONG)).reason()).isEqualTo(Reason.TIMED_OUT);
    assertThat(server.asked).hasSize(2);
    assertThat(server.asked.get(0).getHeader().getID())
        .isNotEqualTo(server.asked.get(1).getHeader().getID());
  }

  @Test
  void callShouldEndInItsTimeWhenTheNameserverTakesLonger() {
    long start = System.nanoTime();
    assertThat(failure(resolver.srv(NAME, Duration.ofMillis(50))).reason())
        .isEqualTo(Reason.TIMED_OUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void secondNameserverShouldAnswerWhenTheFirstIsBad() throws Exception {
    ScriptedNameserver good = server();
    good.answers((query, tcp) -> answer(query, srv(NAME, 0)));
    ScriptedNameserver gone = server();
    InetSocketAddress nobody = gone.address();
    gone.close();
    DnsjavaResolver two = resolver(false, 1, 10, server.address(), good.address());
    server.answers((query, tcp) -> refused(query, Rcode.SERVFAIL));
    assertThat(get(two.srv(NAME, LONG)).records()).hasSize(1);
    server.answers((query, tcp) -> List.of());
    assertThat(get(two.srv(NAME, LONG)).records()).hasSize(1);
    DnsjavaResolver first = resolver(false, 1, 10, nobody, good.address());
    assertThat(get(first.srv(NAME, LONG)).records()).hasSize(1);
  }

  @Test
  void answerShouldBeKeptForItsTimeToLive() {
    server.answers((query, tcp) -> answer(query, srv(NAME, 60)));
    get(resolver.srv(NAME, LONG));
    now.set(Instant.EPOCH.plusSeconds(59));
    assertThat(get(resolver.srv(NAME, LONG)).timeToLive()).isEqualTo(Duration.ofSeconds(1));
    assertThat(server.asked).hasSize(1);
    now.set(Instant.EPOCH.plusSeconds(60));
    assertThat(get(resolver.srv(NAME, LONG)).timeToLive()).isEqualTo(Duration.ofSeconds(60));
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void answerShouldNotBeKeptWhenItsTimeToLiveIsNothing() {
    server.answers((query, tcp) -> answer(query, srv(NAME, 0)));
    get(resolver.srv(NAME, LONG));
    get(resolver.srv(NAME, LONG));
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void denialShouldBeKeptAsLongAsTheAuthoritySays() {
    server.answers((query, tcp) -> denied(query, Rcode.NXDOMAIN, "example", 300, 30));
    assertThat(get(resolver.srv(NAME, LONG)))
        .isEqualTo(new DnsAnswer<>(Kind.NO_SUCH_NAME, List.of(), Duration.ofSeconds(30), false));
    now.set(Instant.EPOCH.plusSeconds(29));
    get(resolver.srv(NAME, LONG));
    assertThat(server.asked).hasSize(1);
    now.set(Instant.EPOCH.plusSeconds(30));
    server.answers((query, tcp) -> denied(query, Rcode.NOERROR, "example", 20, 3600));
    assertThat(get(resolver.srv(NAME, LONG)))
        .isEqualTo(new DnsAnswer<>(Kind.NO_RECORDS, List.of(), Duration.ofSeconds(20), false));
  }

  @Test
  void denialShouldNotBeKeptWhenNoAuthorityOrAStrangerSaysSo() {
    server.answers((query, tcp) -> refused(query, Rcode.NXDOMAIN));
    assertThat(get(resolver.srv(NAME, LONG)).kind()).isEqualTo(Kind.NO_SUCH_NAME);
    server.answers((query, tcp) -> denied(query, Rcode.NXDOMAIN, "stranger.test", 300, 300));
    assertThat(get(resolver.srv(NAME, LONG)).kind()).isEqualTo(Kind.NO_SUCH_NAME);
    assertThat(resolver.cached()).isEmpty();
  }

  @Test
  void failureShouldNotBeKept() {
    server.answers((query, tcp) -> refused(query, Rcode.SERVFAIL));
    failure(resolver.srv(NAME, LONG));
    server.answers((query, tcp) -> answer(query, srv(NAME, 60)));
    assertThat(get(resolver.srv(NAME, LONG)).records()).hasSize(1);
  }

  @Test
  void flushShouldForgetOneNameOrAll() {
    server.answers((query, tcp) -> denied(query, Rcode.NXDOMAIN, "example", 60, 60));
    get(resolver.srv("a.example", LONG));
    get(resolver.addresses("b.example", LONG));
    resolver.flush(Optional.of("B.Example."));
    assertThat(resolver.cached()).hasSize(1);
    assertThat(resolver.cached().get(0))
        .satisfies(
            line -> assertThat(line.name()).isEqualTo("a.example"),
            line -> assertThat(line.answer()).isEqualTo("no such name"));
    resolver.flush(Optional.empty());
    assertThat(resolver.cached()).isEmpty();
  }

  @Test
  void cacheShouldForgetTheLeastUsedWhenItIsFull() {
    DnsjavaResolver small = resolver(false, 1, 3, server.address());
    server.answers((query, tcp) -> denied(query, Rcode.NXDOMAIN, "example", 60, 60));
    for (String name : List.of("a.example", "b.example", "c.example", "a.example", "d.example")) {
      get(small.srv(name, LONG));
    }
    assertThat(small.cached())
        .extracting(line -> line.name())
        .containsExactlyInAnyOrder("c.example", "a.example", "d.example");
  }

  @Test
  void sameQuestionShouldBeAskedOnceWhenItIsOnItsWay() throws Exception {
    CountDownLatch everybody = new CountDownLatch(1);
    AtomicInteger answered = new AtomicInteger();
    server.answers(
        (query, tcp) -> {
          answered.incrementAndGet();
          await(everybody);
          return answer(query, srv(NAME, 0));
        });
    DnsjavaResolver patient = resolverWith(Duration.ofSeconds(10));
    List<CompletionStage<DnsAnswer<SrvRecord>>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(patient.srv(i % 2 == 0 ? NAME : NAME.toUpperCase(java.util.Locale.ROOT), LONG));
    }
    everybody.countDown();
    calls.forEach(call -> assertThat(get(call).records()).hasSize(1));
    assertThat(answered).hasValue(1);
  }

  @Test
  void questionShouldBeRefusedWhenTooManyAreUnderWay() {
    DnsjavaResolver patient = resolverWith(Duration.ofSeconds(30));
    for (int i = 0; i < 1_000; i++) {
      assertThat(patient.srv("n" + i + ".example", LONG).toCompletableFuture()).isNotDone();
    }
    assertThat(failure(patient.srv("one-more.example", LONG)).reason())
        .isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void oneKindOfAddressShouldBeEnoughWhenTheOtherIsNeverAnswered() throws Exception {
    DnsjavaResolver patient = resolverWith(Duration.ofSeconds(30));
    InetAddress address = InetAddress.getByName("192.0.2.1");
    server.answers(
        (query, tcp) ->
            query.getQuestion().getType() == Type.A
                ? answer(query, new ARecord(name("a.example"), DClass.IN, 60, address))
                : List.of());
    DnsAnswer<HostAddress> answer = get(patient.addresses("a.example", LONG));
    assertThat(answer.records()).containsExactly(new HostAddress("a.example", address));
  }

  @Test
  void addressesShouldFailWhenOneKindIsDeniedAndTheOtherFails() {
    server.answers(
        (query, tcp) ->
            query.getQuestion().getType() == Type.A
                ? denied(query, Rcode.NOERROR, "example", 60, 60)
                : refused(query, Rcode.SERVFAIL));
    assertThat(failure(resolver.addresses("a.example", LONG)).reason())
        .isEqualTo(Reason.SERVER_FAILURE);
  }

  @Test
  void addressShouldBeFoundWhenOnlyTheOtherKindFails() throws Exception {
    InetAddress address = InetAddress.getByName("2001:db8::1");
    server.answers(
        (query, tcp) ->
            query.getQuestion().getType() == Type.AAAA
                ? answer(query, new AAAARecord(name("a.example"), DClass.IN, 60, address))
                : refused(query, Rcode.SERVFAIL));
    assertThat(get(resolver.addresses("a.example", LONG)).records()).hasSize(1);
  }

  @Test
  void answerShouldBeAuthenticatedWhenALoopbackResolverSaysSo() {
    server.answers((query, tcp) -> authentic(query));
    assertThat(get(resolver.srv(NAME, LONG)).authenticated()).isTrue();
    assertThat(server.asked.get(0).getHeader().getFlag(Flags.AD)).isTrue();
    server.answers((query, tcp) -> answer(query, srv("b.example", 60)));
    assertThat(get(resolver.srv("b.example", LONG)).authenticated()).isFalse();
  }

  @Test
  void callsShouldFailWhenTheResolverIsClosed() throws Exception {
    DnsjavaResolver patient = resolverWith(Duration.ofSeconds(30));
    CompletionStage<?> before = patient.srv(NAME, LONG);
    patient.close();
    patient.close();
    assertThat(failure(before).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure(patient.srv(NAME, LONG)).reason()).isEqualTo(Reason.UNAVAILABLE);
    resolver.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("wavefed-dns"));
  }

  @Test
  void otherResolversShouldGoOnWhenOneIsClosed() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    server.answers(
        (query, tcp) -> {
          await(closed);
          return answer(query, srv(NAME, 60));
        });
    DnsjavaResolver patient = resolverWith(Duration.ofSeconds(20));
    CompletionStage<DnsAnswer<SrvRecord>> call = patient.srv(NAME, LONG);
    resolver.close();
    closed.countDown();
    assertThat(get(call).records()).hasSize(1);
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void configurationShouldBeRefusedInOneLineWhenItIsWrong() {
    for (String wrong :
        List.of("localhost", "1.2.3", "[::1", "127.0.0.1:x", "127.0.0.1:70000", "a,b")) {
      assertThatThrownBy(() -> NameserverAddresses.of(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("nameservers in etc/org.wavefed.dns.dnsjava.cfg: '");
    }
    assertThat(NameserverAddresses.of("127.0.0.1, 127.0.0.1:5300,[::1]:53, ::1"))
        .extracting(InetSocketAddress::getPort)
        .containsExactly(53, 5300, 53, 53);
    assertThat(failure(resolver(false, 1, 1).srv(NAME, LONG)).reason())
        .isEqualTo(Reason.UNAVAILABLE);
  }

  private DnsjavaResolver resolverWith(Duration timeout) {
    DnsjavaResolver made =
        new DnsjavaResolver(
            new DnsSettings(List.of(server.address()), timeout, 1, false, 100), now::get);
    open.add(made);
    return made;
  }

  private static List<byte[]> answer(Message query, Record... records) {
    Message reply = ScriptedNameserver.reply(query);
    for (Record record : records) {
      reply.addRecord(record, Section.ANSWER);
    }
    return List.of(reply.toWire());
  }

  private static List<byte[]> authentic(Message query) {
    Message reply = ScriptedNameserver.reply(query);
    reply.getHeader().setFlag(Flags.AD);
    reply.addRecord(srv(NAME, 60), Section.ANSWER);
    return List.of(reply.toWire());
  }

  private static List<byte[]> truncated(Message query) {
    Message reply = ScriptedNameserver.reply(query);
    reply.getHeader().setFlag(Flags.TC);
    return List.of(reply.toWire());
  }

  private static List<byte[]> refused(Message query, int rcode) {
    Message reply = ScriptedNameserver.reply(query);
    reply.getHeader().setRcode(rcode);
    return List.of(reply.toWire());
  }

  private static List<byte[]> denied(
      Message query, int rcode, String authority, long ttl, long minimum) {
    Message reply = ScriptedNameserver.reply(query);
    reply.getHeader().setRcode(rcode);
    reply.addRecord(
        new SOARecord(
            name(authority), DClass.IN, ttl, name("ns"), name("host"), 1, 1, 1, 1, minimum),
        Section.AUTHORITY);
    return List.of(reply.toWire());
  }

  private static boolean isFor(Message query, String name) {
    return query.getQuestion().getName().equals(name(name));
  }

  private static Record alias(String from, String to) {
    return new CNAMERecord(name(from), DClass.IN, 60, name(to));
  }

  private static Record srv(String name, long ttl) {
    return new SRVRecord(name(name), DClass.IN, ttl, 0, 0, 5269, name("h.example"));
  }

  private static Name name(String text) {
    return Name.fromConstantString(text + ".");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the lookup failed: " + e, e);
    }
  }

  private static DnsException failure(CompletionStage<?> stage) {
    Throwable thrown = catchThrowable(() -> stage.toCompletableFuture().get(30, TimeUnit.SECONDS));
    assertThat(thrown).isInstanceOf(ExecutionException.class);
    assertThat(thrown.getCause()).isInstanceOf(DnsException.class);
    return (DnsException) thrown.getCause();
  }
}
