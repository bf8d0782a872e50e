// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.federation.RecordingHandler;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Route;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.xmpp.endpoint.OpenCalls;
import org.wavefed.xmpp.netty.IoThreads;

class ComponentTransportTest {
  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
  private static final Route ROUTE = new Route("a.example", "b.example");
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final ComponentSettings.Limits LIMITS =
      new ComponentSettings.Limits(1_000_000, 10_000, 10, 10, 3_000_000);

  private final RecordingHandler handler = new RecordingHandler();
  private IoThreads threads;
  private FakeServer server;
  private ComponentTransport transport;

  private static ComponentSettings settings(
      String domain, String address, int port, String secret) {
    return new ComponentSettings(
        domain,
        address,
        "127.0.0.1",
        port,
        secret,
        LIMITS,
        ComponentSettings.Deadlines.DEFAULT,
        "google-wave",
        "test.cfg");
  }

  @BeforeEach
  void start() throws IOException {
    threads = new IoThreads("wavefed-component");
    server = new FakeServer();
    transport =
        new ComponentTransport(
            settings("a.example", "", server.port(), "s"), threads, new OpenCalls());
    transport.handler(handler);
  }

  @AfterEach
  void stop() throws IOException {
    transport.close();
    threads.close();
    server.close();
  }

  private void establish() throws IOException {
    server.establish();
    await(() -> transport.serves("a.example"));
  }

  /** The fake server lets b.example be found. */
  private void answerDiscovery() throws IOException {
    for (int i = 0; i < 2; i++) {
      String asked = server.readTo("</iq>");
      String feature = "<feature var='http://waveprotocol.org/protocol/0.2/waveserver'/>";
      String content = i == 0 ? "#items'><item jid='wave.b.example'/>" : "#info'>" + feature;
      server.send(
          "<iq type='result' id='%s' from='%s' to='wave.a.example'>"
                  .formatted(attribute(asked, "id"), attribute(asked, "to"))
              + "<query xmlns='http://jabber.org/protocol/disco"
              + content
              + "</query></iq>");
    }
  }

  private static String attribute(String xml, String name) {
    String start = " " + name + "=\"";
    int from = xml.indexOf(start) + start.length();
    return xml.substring(from, xml.indexOf('"', from));
  }

  @Test
  void transportShouldServeOnlyItsDomainAndOnlyWhileItIsConnected() throws IOException {
    assertThat(transport.serves("a.example")).isFalse();
    assertThat(failure(transport.ping(ROUTE, TIMEOUT)).reason())
        .isEqualTo(FailureReason.NOT_CONNECTED);
    establish();
    assertThat(transport.serves("b.example")).isFalse();
    assertThat(handler.received).containsExactly("connected a.example");
  }

  @Test
  void transportShouldConnectAgainWhenTheConnectionIsLost() throws IOException {
    establish();
    CompletionStage<Void> call = transport.ping(ROUTE, TIMEOUT);
    server.disconnect();
    assertThat(failure(call).reason()).isEqualTo(FailureReason.NOT_CONNECTED);
    await(() -> !transport.serves("a.example"));
    establish();
  }

  @Test
  void transportShouldConnectAgainWhenTheServerIsNone() throws IOException {
    server.accept();
    server.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    assertThat(server.readTo("</stream:stream>")).contains("<stream:error>");
    assertThat(server.isEnded()).isTrue();
    establish();
  }

  @Test
  void streamShouldBeClosedProperlyWhenTheTransportIs() throws IOException {
    establish();
    transport.close();
    assertThat(server.readTo("</stream:stream>")).endsWith("</stream:stream>");
    assertThat(server.isEnded()).isTrue();
  }

  @Test
  void callUnderWayShouldBeAnsweredWhenTheTransportIsClosed() throws Exception {
    establish();
    CompletionStage<?> submit =
        transport.submit(
            ROUTE,
            WaveletName.parse("b.example/w+x/conv+root"),
            Bytes.copyOf(new byte[1]),
            TIMEOUT);
    answerDiscovery();
    String asked = server.readTo("</iq>");
    Thread closing = new Thread(transport::close, "closing");
    closing.start();
    await(() -> WAITING.contains(closing.getState()));
    server.send(
        "<iq type='error' id='%s' from='wave.b.example' to='wave.a.example'>"
                .formatted(attribute(asked, "id"))
            + "<error type='modify'><not-acceptable"
            + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    assertThat(failure(submit).reason()).isEqualTo(FailureReason.NOT_ACCEPTABLE);
    assertThat(server.readTo("</stream:stream>")).endsWith("</stream:stream>");
    assertThat(server.isEnded()).isTrue();
    closing.join(TIMEOUT.toMillis());
    assertThat(closing.isAlive()).isFalse();
  }

  @Test
  void closeShouldEndAtOnceWhenThereIsNoConnection() throws IOException {
    server.close();
    long start = System.nanoTime();
    transport.close();
    transport.close();
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(3));
  }

  @Test
  void stanzaShouldBeRefusedWhenItIsTooLargeToSend() throws Exception {
    establish();
    CompletionStage<Void> call = transport.update(ROUTE, update(1_000_000), TIMEOUT);
    answerDiscovery();
    assertThat(failure(call).reason()).isEqualTo(FailureReason.RESOURCE_CONSTRAINT);
    assertThat(transport.serves("a.example")).isTrue();
  }

  @Test
  void callsShouldBeRefusedWhenTheServerDoesNotTakeThem() throws Exception {
    establish();
    CompletionStage<String> found = transport.discover(ROUTE, TIMEOUT);
    answerDiscovery();
    found.toCompletableFuture().get(10, TimeUnit.SECONDS);
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      calls.add(transport.update(ROUTE, update(100_000), TIMEOUT).toCompletableFuture());
    }
    // Calls may leave behind those that waited for the same address, on another thread.
    await(() -> calls.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
    List<CompletableFuture<Void>> refused =
        calls.stream().filter(CompletableFuture::isCompletedExceptionally).toList();
    assertThat(refused).isNotEmpty().hasSizeLessThan(200);
    assertThat(failure(refused.get(0)).reason()).isEqualTo(FailureReason.OVERLOADED);
  }

  private static WaveletUpdate update(int size) {
    return new WaveletUpdate(
        WaveletName.parseUri("wave://a.example/w+x/conv+root"),
        List.of(Bytes.wrap(new byte[size])),
        Optional.empty());
  }

  @Test
  void oversizedStanzaShouldBeAnsweredWithAnErrorAndTheStreamGoOn() throws IOException {
    establish();
    server.send("<iq type='set' id='big' from='wave.b.example' to='wave.a.example'><x>");
    for (int i = 0; i < 30; i++) {
      server.send("y".repeat(100_000));
    }
    server.send("</x></iq>");
    assertThat(server.readTo("</iq>")).contains("id=\"big\"", "<resource-constraint");
    server.send(
        "<iq type='get' id='p' from='b.example' to='wave.a.example'><ping xmlns='urn:xmpp:ping'/></iq>");
    assertThat(server.readTo("/>")).contains("type=\"result\"", "id=\"p\"");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 5347, s, domain in etc/test.cfg must name",
    "not a domain, '', 5347, s, domain in etc/test.cfg: 'not a domain' is no domain",
    "a.example, x y, 5347, s, address in etc/test.cfg: 'x y' is no domain",
    "a.example, '', 0, s, port in etc/test.cfg must be",
    "a.example, '', 5347, '', secret in etc/test.cfg must be"
  })
  void settingsShouldBeRefusedWithTheKeyWhenTheyAreWrong(
      String domain, String address, int port, String secret, String message) {
    assertThatThrownBy(() -> settings(domain, address, port, secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void settingsShouldNotShowTheSecret() {
    assertThat(settings("a.example", "", 1, "s3cr3t").toString())
        .isEqualTo("a.example as wave.a.example through 127.0.0.1:1");
  }

  @Test
  void backoffShouldGrowToAMinuteAndStartAgain() {
    Backoff backoff = new Backoff(RandomGenerator.getDefault());
    assertThat(backoff.next()).isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
    for (int i = 0; i < 5; i++) {
      backoff.next();
    }
    assertThat(backoff.next()).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
    backoff.reset();
    assertThat(backoff.next()).isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
    backoff.slow();
    assertThat(backoff.next()).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
  }

  private static FederationException failure(CompletionStage<?> call) {
    CompletableFuture<Throwable> thrown =
        call.handle((done, failure) -> Objects.requireNonNull(failure)).toCompletableFuture();
    Throwable failure = thrown.orTimeout(30, TimeUnit.SECONDS).join();
    Throwable cause = failure instanceof FederationException ? failure : failure.getCause();
    assertThat(cause).isInstanceOf(FederationException.class);
    return (FederationException) cause;
  }

  /** Waits until something is so; asks every 20 ms, for half a minute at most. */
  private static void await(BooleanSupplier condition) {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not in time").isLessThan(end);
      try {
        assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
