// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.ca.IssuedCertificate;
import org.wavefed.transport.Route;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.transport.s2s.Lab.Server;

/**
 * A server, a good peer, and calls between them both ways that never pause: whatever strangers do
 * to that server beside them, every call has to succeed within {@link #BOUND}.
 */
final class BesideAGoodPair implements AutoCloseable {
  static final String DOMAIN = "initech.example";
  static final String SERVICE = "wave." + DOMAIN;

  /** What strangers may take. */
  static final S2sSettings.Deadlines SHORT =
      new S2sSettings.Deadlines(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1));

  private static final String PEER = "acmewave.example";
  private static final Duration BOUND = Duration.ofSeconds(5);

  /** So that calls leave a processor to those who measure something. */
  private static final Executor SOON = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);

  private final Lab lab = new Lab();
  private final LogLines log = new LogLines();
  private final Server server;
  private final Calls there;
  private final Calls back;
  private final IssuedCertificate certificate = lab.authority.issue(Lab.leaf(Stranger.NAME));
  private final List<Stranger> strangers = new ArrayList<>();

  BesideAGoodPair(S2sSettings.Limits limits, S2sSettings.Deadlines deadlines) {
    Server peer = lab.start(PEER, lab.authority, Lab.CERTIFICATES);
    server = lab.bounded(limits, deadlines).start(DOMAIN, lab.authority, Lab.CERTIFICATES);
    there = new Calls(peer, new Route(PEER, DOMAIN));
    back = new Calls(server, new Route(DOMAIN, PEER));
    await().untilAsserted(() -> there.call().get(BOUND.toSeconds(), TimeUnit.SECONDS));
    there.next();
    back.next();
  }

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(10)).atMost(BOUND.multipliedBy(2));
  }

  /** Calls of a server to another, one after the other. */
  private static final class Calls {
    private static final WaveletUpdate UPDATE =
        new WaveletUpdate(
            WaveletName.parseUri("wave://acmewave.example/w+x/conv+root"),
            List.of(Bytes.copyOf(new byte[1_000])),
            Optional.of(new HashedVersion(5, Bytes.copyOf(new byte[20]))));

    private final Server from;
    private final Route route;
    private final AtomicInteger answered = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile @Nullable Throwable failure;
    private volatile boolean over;

    Calls(Server from, Route route) {
      this.from = from;
      this.route = route;
    }

    CompletableFuture<Void> call() {
      return from.transport().update(route, UPDATE, BOUND).toCompletableFuture();
    }

    void next() {
      call()
          .whenComplete(
              (done, thrown) -> {
                failure = thrown;
                answered.incrementAndGet();
                if (over || thrown != null) {
                  end.complete(null);
                } else {
                  SOON.execute(this::next);
                }
              });
    }

    /** That every call so far, and two more, have succeeded. */
    void goOn() {
      int before = answered.get();
      soon().until(() -> end.isDone() || answered.get() > before + 1);
      assertThat(failure).as("the calls of %s", route).isNull();
    }

    void stop() {
      over = true;
      end.orTimeout(2 * BOUND.toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  int port() {
    return server.port();
  }

  /** Somebody connects from an address of his own. */
  Stranger stranger() throws IOException {
    return stranger(port());
  }

  /** Somebody connects by a way around. */
  Stranger stranger(int port) throws IOException {
    Stranger stranger = new Stranger(port, certificate);
    strangers.add(stranger);
    return stranger;
  }

  /** That the operator is told of him, once. */
  void isToldOf(Stranger stranger, String why) {
    isEndedOnce(stranger, why);
    assertThat(told(stranger).get(0)).contains(" WARN ");
  }

  /** That his connection was ended for one reason, which the operator may have been spared. */
  void isEndedOnce(Stranger stranger, String why) {
    String from = "/" + stranger.address().getHostAddress() + ":";
    soon().untilAsserted(() -> assertThat(told(stranger)).as("%s", log.with(from)).isNotEmpty());
    assertThat(told(stranger)).singleElement().asString().contains(why);
  }

  /** That the server knows that he is gone, well before a deadline says so. */
  void hasEnded(Stranger stranger) {
    String from = stranger.address().getHostAddress() + ":";
    soon().until(() -> !log.with("from /" + from + "[0-9]+ ended: ").isEmpty());
  }

  private List<String> told(Stranger stranger) {
    return log.with(
        "the connection from /?%s(:[0-9]+)? is refused"
            .formatted(stranger.address().getHostAddress()));
  }

  /** He goes without having done any harm. */
  void leaves(Stranger stranger) throws IOException {
    stranger.close();
    hasEnded(stranger);
  }

  /** What the operator is told of an address. */
  List<String> warnings(InetAddress from) {
    return log.with(" WARN .* the connection from " + from.getHostAddress() + " is refused: ");
  }

  /** Somebody to whom the server may connect. */
  FakePeer fakePeer(String domain, int steps, boolean resets) throws IOException {
    FakePeer fake =
        new FakePeer(
            Stranger.context(lab.authority.issue(Lab.leaf(domain).withKeyAlgorithm("EC"))),
            steps,
            resets);
    lab.publish(domain, fake.port(), false);
    return fake;
  }

  /** A whole server of the same authority; returns its port. */
  int anotherPeer(String domain) {
    return lab.start(domain, lab.authority, Lab.CERTIFICATES).port();
  }

  /** From now on this is the way to a domain. */
  void publish(String domain, int port) {
    lab.publish(domain, port, false);
  }

  /** The lines of the log that match. */
  List<String> log(String regex) {
    return log.with(regex);
  }

  /** Asks somebody else than the good peer for a sign of life. */
  CompletableFuture<Void> ping(String domain) {
    return ping(domain, BOUND);
  }

  CompletableFuture<Void> ping(String domain, Duration timeout) {
    return server.transport().ping(new Route(DOMAIN, domain), timeout).toCompletableFuture();
  }

  /** That the good pair was not disturbed so far. */
  void isUndisturbed() {
    there.goOn();
    back.goOn();
  }

  /** That it was not disturbed at all, and that nobody was told of twice. */
  @Override
  public void close() throws Exception {
    try (log) {
      isUndisturbed();
      there.stop();
      back.stop();
      for (Stranger stranger : strangers) {
        stranger.close();
        assertThat(told(stranger)).hasSizeLessThan(2);
      }
      lab.close();
    }
  }
}
