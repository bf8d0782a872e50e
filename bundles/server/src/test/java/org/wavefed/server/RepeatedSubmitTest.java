// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.wavefed.server.TestServer.PATIENCE;
import static org.wavefed.server.TestServer.text;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.federation.Faults;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.Peer;
import org.wavefed.transport.SubmitResult;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/** What a user writes in a remote wavelet while its host is silent at first. */
class RepeatedSubmitTest {
  private static final Faults LOST_ON_THE_WAY = new Faults(1, 0, 0, 0);
  private static final Faults ANSWER_LOST = new Faults(0, 1, 0, 0);

  private final InProcessNetwork network = new InProcessNetwork(6);
  private final TestServer acme = new TestServer(network, "acmewave.example");
  private final TestServer initech =
      new TestServer(network, TestServer.limits(Duration.ofSeconds(6)), "initech.example");
  private final ParticipantId alice = acme.user("alice");
  private final ParticipantId peter = initech.user("peter");
  private WaveletName wave;
  private long before;

  @BeforeEach
  void share() {
    wave = acme.create(alice);
    initech.readFrom(peter, wave, acme.add(alice, wave, peter).resulting().version());
    initech.write(peter, wave, "a");
    before = submits();
  }

  @AfterEach
  void stop() {
    network.close();
    acme.close();
    initech.close();
  }

  @Test
  void deltaShouldBeSubmittedAgainWhenItIsLostOnTheWay() {
    long version = TestServer.await(writtenUntilSubmitted(LOST_ON_THE_WAY)).resulting().version();
    assertThat(text(initech.readFrom(peter, wave, version))).isEqualTo("ab");
    assertThat(submits()).isBetween(2L, 3L);
  }

  @Test
  void deltaShouldBeTakenOnceWhenTheAnswerIsLostAndItIsSubmittedAgain() {
    long version = TestServer.await(writtenUntilSubmitted(ANSWER_LOST)).resulting().version();
    assertThat(text(initech.readFrom(peter, wave, version))).isEqualTo("ab");
    assertThat(text(acme.read(alice, wave))).isEqualTo("ab");
    assertThat(submits()).isBetween(2L, 3L);
  }

  @Test
  void userShouldNotBeToldOfARefusalWhenTheFirstWasPerhapsTaken() {
    network.serve("acmewave.example", new SilentThenRefusing(acme.server()));
    CompletionStage<Submitted> written = initech.writing(peter, wave, "b");
    assertThatThrownBy(() -> TestServer.await(written))
        .isInstanceOfSatisfying(
            WaveException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.HOST_SILENT);
              assertThat(e).hasMessageContaining("peter is not a participant");
            });
    assertThat(submits()).isEqualTo(2);
  }

  @Test
  void hostThatStaysSilentShouldGetTheDeltaAFewTimesOnly() {
    network.faults(LOST_ON_THE_WAY);
    CompletionStage<Submitted> written = initech.writing(peter, wave, "b");
    assertThatThrownBy(() -> TestServer.await(written))
        .isInstanceOfSatisfying(
            WaveException.class, e -> assertThat(e.reason()).isEqualTo(Reason.HOST_SILENT));
    assertThat(submits()).isEqualTo(3);
  }

  private CompletionStage<Submitted> writtenUntilSubmitted(Faults faults) {
    network.faults(faults);
    CompletionStage<Submitted> written = initech.writing(peter, wave, "b");
    await().atMost(PATIENCE).until(() -> submits() > 0);
    network.faults(Faults.NONE);
    return written;
  }

  private long submits() {
    return network.sent().stream().filter(sent -> sent.call().equals("submit")).count() - before;
  }

  /** As the original is to somebody who has left by what he submits again. */
  private static final class SilentThenRefusing extends PassingHandler {
    private final AtomicInteger submits = new AtomicInteger();

    SilentThenRefusing(FederationHandler server) {
      super(server);
    }

    @Override
    public CompletionStage<SubmitResult> submit(Peer peer, WaveletName wavelet, Bytes delta) {
      return submits.incrementAndGet() == 1
          ? new CompletableFuture<>()
          : CompletableFuture.failedStage(
              new FederationException(FailureReason.BAD_REQUEST, "peter is not a participant"));
    }
  }
}
