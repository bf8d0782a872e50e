// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.wavefed.server.TestServer.PATIENCE;
import static org.wavefed.server.TestServer.text;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wavefed.federation.Peers.PeerStatus;
import org.wavefed.federation.Peers.State;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.Peer;
import org.wavefed.transport.SubmitResult;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/** What users notice of parts that are replaced. */
class AbsenceTest {
  private final InProcessNetwork network = new InProcessNetwork(6);
  private final TestServer acme =
      new TestServer(network, TestServer.patient(PATIENCE), "acmewave.example");
  private final TestServer initech =
      new TestServer(network, TestServer.patient(PATIENCE), "initech.example");
  private final ParticipantId alice = acme.user("alice");
  private final ParticipantId peter = initech.user("peter");
  private WaveletName wave;

  @BeforeEach
  void share() {
    wave = acme.create(alice);
    initech.readFrom(peter, wave, acme.add(alice, wave, peter).resulting().version());
    initech.write(peter, wave, "a");
  }

  @AfterEach
  void stop() {
    network.close();
    acme.close();
    initech.close();
  }

  private void expect(String all, CompletionStage<Submitted> written) {
    TestServer.await(written);
    assertThat(text(acme.read(alice, wave))).isEqualTo(all);
  }

  @Test
  void userShouldWaitWhenWhatSignsIsReplaced() {
    acme.server().unsetSigner(acme.crypto);
    CompletionStage<Submitted> written = acme.writing(alice, wave, "b");
    assertThat(written.toCompletableFuture()).isNotDone();
    acme.server().setSigner(acme.crypto);
    expect("ab", written);
  }

  @Test
  void userShouldWaitWhenWhatVerifiesIsReplacedAtTheHost() {
    acme.server().unsetVerifier(acme.crypto);
    CompletionStage<Submitted> written = initech.writing(peter, wave, "b");
    await().atMost(PATIENCE).until(() -> submits() == 2);
    acme.server().setVerifier(acme.crypto);
    expect("ab", written);
  }

  @Test
  void userShouldWaitWhenTheTransportIsReplaced() {
    FederationTransport old = initech.server().transports().get(0);
    initech.server().removeTransport(old);
    CompletionStage<Submitted> written = initech.writing(peter, wave, "b");
    await().atMost(PATIENCE).until(() -> state(initech, "acmewave.example") != State.UP);
    assertThat(written.toCompletableFuture()).isNotDone();
    initech.server().addTransport(old, Map.of());
    expect("ab", written);
  }

  @Test
  void userShouldWaitWhenTheHostsTransportIsReplaced() {
    network.down("acmewave.example");
    CompletionStage<Submitted> written = initech.writing(peter, wave, "b");
    await().atMost(PATIENCE).until(() -> submits() > 2);
    network.up("acmewave.example");
    expect("ab", written);
  }

  @Test
  void deltaShouldBeTakenOnceWhenTheAnswerIsLostWithTheConnection() {
    network.serve("acmewave.example", new CutOff(acme.server(), FailureReason.NOT_CONNECTED));
    expect("ab", initech.writing(peter, wave, "b"));
    assertThat(submits()).isEqualTo(3);
  }

  @Test
  void deltaShouldBeSubmittedAgainWhenTheHostIsStarting() {
    network.serve("acmewave.example", new CutOff(acme.server(), FailureReason.UNEXPECTED_REQUEST));
    expect("ab", initech.writing(peter, wave, "b"));
    assertThat(submits()).isEqualTo(3);
  }

  private static State state(TestServer server, String peer) {
    return server.server().list().stream()
        .filter(status -> status.domain().equals(peer))
        .map(PeerStatus::state)
        .findFirst()
        .orElseThrow();
  }

  /** Takes the first submit, but its answer does not come through. */
  private static final class CutOff extends PassingHandler {
    private final AtomicBoolean passed = new AtomicBoolean();
    private final FailureReason reason;

    CutOff(FederationHandler server, FailureReason reason) {
      super(server);
      this.reason = reason;
    }

    @Override
    public CompletionStage<SubmitResult> submit(Peer peer, WaveletName wavelet, Bytes delta) {
      CompletionStage<SubmitResult> answer = super.submit(peer, wavelet, delta);
      return passed.getAndSet(true)
          ? answer
          : answer.thenCompose(
              taken -> CompletableFuture.failedStage(new FederationException(reason, "cut off")));
    }
  }

  private long submits() {
    return network.sent().stream().filter(sent -> sent.call().equals("submit")).count();
  }

  @Test
  void userShouldBeRefusedWhenWhatHasGoneStaysAway() {
    try (TestServer hasty =
        new TestServer(network, TestServer.patient(Duration.ofMillis(1)), "hasty.example")) {
      ParticipantId user = hasty.user("carol");
      WaveletName own = hasty.create(user);
      hasty.server().unsetSigner(hasty.crypto);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> hasty.write(user, own, "b"))
            .isInstanceOfSatisfying(
                WaveException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
            .hasMessageContaining("no signing service");
      }
    }
  }

  @Test
  void userShouldBeRefusedWhenTheServerEndsMeanwhile() {
    acme.server().unsetSigner(acme.crypto);
    CompletionStage<Submitted> written = acme.writing(alice, wave, "b");
    acme.stop();
    assertThatThrownBy(() -> TestServer.await(written)).hasMessageContaining("no signing service");
  }
}
