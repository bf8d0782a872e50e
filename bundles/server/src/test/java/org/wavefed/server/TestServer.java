// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.wavefed.model.conversation.Conversation;
import org.wavefed.model.conversation.ConversationWriter;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.RemoveParticipant;
import org.wavefed.store.memory.MemoryDeltaStore;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.testkit.federation.TestCrypto;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveletSnapshot;

/** A server of one domain, or more, whose users do things and wait for the outcome. */
final class TestServer implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Short waits, small bounds: a few deltas are many. */
  static final Limits LIMITS = limits(Duration.ofMillis(500));

  final String domain;
  final FaultyStore store = new FaultyStore(new MemoryDeltaStore(256L << 20));
  final TestCrypto crypto;
  private final InProcessNetwork network;
  private final String[] domains;
  private final Limits limits;
  private WaveServer server;

  /** The same, but for how long a peer may take to answer. */
  static Limits limits(Duration replyTimeout) {
    return limits(replyTimeout, 1_024);
  }

  /** The same, but for how many calls of peers are worked on at once, too. */
  static Limits limits(Duration replyTimeout, int callsInHand) {
    return limits(replyTimeout, callsInHand, Duration.ofMillis(500));
  }

  /** Long waits, but for how long what has gone is awaited. */
  static Limits patient(Duration absence) {
    return limits(PATIENCE, 1_024, absence);
  }

  private static Limits limits(Duration replyTimeout, int callsInHand, Duration absence) {
    return new Limits(
        100,
        1_024,
        8,
        20,
        1_000,
        1_000,
        5,
        4_096,
        4,
        2_048,
        65_536,
        5,
        12,
        6,
        callsInHand,
        replyTimeout,
        Duration.ofSeconds(15),
        absence);
  }

  TestServer(InProcessNetwork network, String... domains) {
    this(network, LIMITS, domains);
  }

  TestServer(InProcessNetwork network, Limits limits, String... domains) {
    this.network = network;
    this.limits = limits;
    this.domains = domains;
    this.domain = domains[0];
    this.crypto = new TestCrypto(domains);
    this.server = start();
  }

  private WaveServer start() {
    WaveServer started = new WaveServer(Domains.of(List.of(domains)), limits, Clock.systemUTC());
    started.setSigner(crypto);
    started.setVerifier(crypto);
    started.setSigners(crypto);
    started.setStore(store);
    started.addTransport(network.transport(domains), Map.of());
    for (String each : domains) {
      network.serve(each, started);
    }
    return started;
  }

  WaveServer server() {
    return server;
  }

  /** Stops the server; what it stored stays. */
  void stop() {
    for (String each : domains) {
      network.stopServing(each);
    }
    server.close();
  }

  /** Starts it again on what it stored. */
  void startAgain() {
    server = start();
  }

  ParticipantId user(String name) {
    return new ParticipantId(name + "@" + domain);
  }

  WaveletName create(ParticipantId user) {
    return await(server.create(user));
  }

  WaveletSnapshot read(ParticipantId user, WaveletName wavelet) {
    return await(server.read(user, wavelet));
  }

  Submitted submit(ParticipantId user, WaveletName wavelet, List<WaveletOperation> operations) {
    return await(server.submit(user, wavelet, read(user, wavelet).version(), operations));
  }

  Submitted add(ParticipantId user, WaveletName wavelet, ParticipantId added) {
    return submit(user, wavelet, List.of(new AddParticipant(added)));
  }

  Submitted remove(ParticipantId user, WaveletName wavelet, ParticipantId removed) {
    return submit(user, wavelet, List.of(new RemoveParticipant(removed)));
  }

  /** Appends to the first blip, as the wavelet is at this server now. */
  Submitted write(ParticipantId user, WaveletName wavelet, String text) {
    return await(writing(user, wavelet, text));
  }

  CompletionStage<Submitted> writing(ParticipantId user, WaveletName wavelet, String text) {
    WaveletSnapshot now = read(user, wavelet);
    return server.submit(user, wavelet, now.version(), appending(user, now, text));
  }

  static List<WaveletOperation> appending(ParticipantId user, WaveletSnapshot now, String text) {
    return new ConversationWriter(now.state(), user).append(firstBlip(now), text);
  }

  static List<WaveletOperation> inserting(
      ParticipantId user, WaveletSnapshot now, int offset, String text) {
    return new ConversationWriter(now.state(), user).insert(firstBlip(now), offset, text);
  }

  static String firstBlip(WaveletSnapshot now) {
    return conversation(now).blips().get(0).id();
  }

  static String text(WaveletSnapshot now) {
    return conversation(now).blips().get(0).text();
  }

  private static Conversation conversation(WaveletSnapshot now) {
    return Conversation.read(now.state()).orElseThrow();
  }

  /** Waits until the user sees the wavelet at least at the version. */
  WaveletSnapshot readFrom(ParticipantId user, WaveletName wavelet, long version) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> sees(user, wavelet, version));
    return read(user, wavelet);
  }

  boolean sees(ParticipantId user, WaveletName wavelet, long version) {
    try {
      return read(user, wavelet).version().version() >= version;
    } catch (WaveException e) {
      return false;
    }
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure
          && !(failure instanceof CompletionException)) {
        throw failure;
      }
      throw new AssertionError(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no outcome within " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits until both have the same version, history and text. */
  static void awaitSame(
      WaveletName wavelet,
      TestServer one,
      ParticipantId oneUser,
      TestServer two,
      ParticipantId twoUser) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> {
              WaveletSnapshot here = one.read(oneUser, wavelet);
              WaveletSnapshot there = two.read(twoUser, wavelet);
              assertThat(there.version()).isEqualTo(here.version());
              assertThat(text(there)).isEqualTo(text(here));
            });
    WaveletSnapshot here = one.read(oneUser, wavelet);
    WaveletSnapshot there = two.read(twoUser, wavelet);
    assertThat(there.state().participants()).isEqualTo(here.state().participants());
    for (String id : here.state().documentIds()) {
      assertThat(there.state().document(id).orElseThrow().toXml())
          .isEqualTo(here.state().document(id).orElseThrow().toXml());
    }
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
