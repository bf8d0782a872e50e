// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wavefed.transport.Route;
import org.wavefed.transport.s2s.End.Certificate;
import org.wavefed.transport.s2s.End.Dialback;
import org.wavefed.transport.s2s.End.Layout;
import org.wavefed.transport.s2s.End.Tls;
import org.wavefed.transport.s2s.Expected.Open;
import org.wavefed.transport.s2s.Expected.Refused;
import org.wavefed.transport.s2s.establish.ScriptedDns;

/**
 * A selection of what {@link S2sMatrixTest} goes through, between two whole servers: streams both
 * ways, and a call.
 */
class S2sMatrixOnSocketsTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int SAMPLE = 200;

  /** Another one is as good. */
  private static final long SEED = 16;

  private static final MatrixCertificates CERTIFICATES = new MatrixCertificates();
  private static SocketServer stranger;

  /** The two, which remember whom they have seen with a certificate that stands. */
  private record Both(End acme, End initech) {
    Expected forth() {
      return Expected.stream(acme, initech);
    }

    Expected back() {
      return Expected.stream(initech, acme);
    }

    Both after(Expected stream) {
      return stream instanceof Open open && open.encrypted()
          ? new Both(remembering(acme, initech), remembering(initech, acme))
          : this;
    }

    private static End remembering(End end, End other) {
      return Expected.stands(other, end) && end.dialback().allows()
          ? new End(
              end.certificate(),
              end.tls(),
              Dialback.NOT_THE_CERTIFIED,
              end.layout(),
              end.oldPeers())
          : end;
    }
  }

  @BeforeAll
  static void startTheStranger() throws IOException {
    End end =
        new End(Certificate.VALID, Tls.OPTIONAL, Dialback.EVERYBODY, Layout.ONE_RECORD, false);
    stranger = new SocketServer("stranger.example", end, CERTIFICATES, new ScriptedDns());
  }

  @AfterAll
  static void stopTheStranger() throws IOException {
    stranger.close();
  }

  static Stream<Arguments> sample() {
    Random random = new Random(SEED);
    return Stream.generate(() -> Arguments.of(end(random), end(random))).limit(SAMPLE);
  }

  /** Half of them without anything that keeps others out, so that calls work now and then. */
  private static End end(Random random) {
    Tls tls = one(random, Tls.values());
    return random.nextBoolean()
        ? new End(Certificate.VALID, tls, Dialback.FAMILY, Layout.STARTTLS_FIRST, false)
        : new End(
            one(random, Certificate.values()),
            tls,
            one(random, Dialback.NOBODY, Dialback.OTHERS, Dialback.FAMILY, Dialback.EVERYBODY),
            one(random, layouts()),
            false);
  }

  private static Layout[] layouts() {
    List<Layout> layouts = new ArrayList<>(List.of(Layout.values()));
    layouts.remove(Layout.NO_RECORD);
    return layouts.toArray(Layout[]::new);
  }

  @SafeVarargs
  private static <T> T one(Random random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  @ParameterizedTest
  @MethodSource("sample")
  void streamsAndCallsShouldComeOutAsExpected(End acme, End initech) throws Exception {
    ScriptedDns dns = new ScriptedDns();
    try (SocketServer here = new SocketServer(ACME, acme, CERTIFICATES, dns);
        SocketServer there = new SocketServer(INITECH, initech, CERTIFICATES, dns)) {
      publish(dns, ACME, acme, here);
      publish(dns, INITECH, initech, there);
      Both ends = new Both(acme, initech);
      assertStream(ends.forth(), here, new Pair("wave." + ACME, "wave." + INITECH));
      ends = ends.after(ends.forth());
      assertStream(ends.back(), there, new Pair("wave." + INITECH, "wave." + ACME));
      ends = ends.after(ends.back());
      Expected forth = ends.forth();
      Expected back = ends.back();
      CompletionStage<Void> ping = here.transport.ping(new Route(ACME, INITECH), TIMEOUT);
      if (forth instanceof Open && back instanceof Open) {
        assertThatCode(() -> get(ping)).doesNotThrowAnyException();
      } else if (forth instanceof Refused && back instanceof Refused) {
        assertThatCode(() -> get(ping)).isInstanceOf(ExecutionException.class);
        assertThat(there.handler.received).isEmpty();
      }
    }
  }

  private static void publish(ScriptedDns dns, String domain, End end, SocketServer server) {
    for (String host : List.of(domain, "wave." + domain)) {
      end.layout().publish(dns, host, "127.0.0.1", door -> server.port(door, stranger));
    }
  }

  private static void assertStream(Expected expected, SocketServer from, Pair pair) {
    CompletionStage<OutgoingStream> dialed = from.transport.dial(pair);
    if (expected instanceof Refused refused) {
      assertThatCode(() -> get(dialed))
          .hasMessageContainingAll(refused.here().toArray(String[]::new));
    } else {
      assertThatCode(() -> get(dialed).close("the test is over")).doesNotThrowAnyException();
    }
  }

  private static <T> T get(CompletionStage<T> call) throws Exception {
    return call.toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }
}
