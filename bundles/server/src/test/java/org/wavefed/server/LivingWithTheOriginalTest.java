// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.wavefed.server.TestServer.PATIENCE;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Peer;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;

/** A peer that sends no receipt for deltas that it has already, as the original does. */
class LivingWithTheOriginalTest {
  private static final String OLD = "old.example";

  private final InProcessNetwork network = new InProcessNetwork(5);
  private final TestServer acme = new TestServer(network, "acmewave.example");
  private final ParticipantId alice = acme.user("alice");

  @AfterEach
  void stop() {
    network.close();
    acme.close();
  }

  @Test
  void deltasShouldWaitAndBeSentAgainWhenThePeerAcknowledgesOnlyTheNotice() {
    Original peer = new Original(true);
    network.serve(OLD, peer);
    WaveletName wave = acme.create(alice);
    acme.add(alice, wave, new ParticipantId("carol@" + OLD));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                peer.updates.size() == 3
                    && acme.server().list().stream()
                        .flatMap(status -> status.nextTry().stream())
                        .anyMatch(LivingWithTheOriginalTest::isMinutesAway));
    assertThat(peer.updates.get(1).appliedDeltas()).isEqualTo(peer.updates.get(0).appliedDeltas());
    assertThat(peer.updates.get(2).appliedDeltas()).isEmpty();
    assertThat(peer.updates.get(2).committed())
        .isEqualTo(Optional.of(acme.read(alice, wave).version()));
    assertThat(acme.server().waiting(OLD, 10)).hasSize(1);
    peer.silent = false;
    acme.server().tryNow(OLD);
    await().atMost(PATIENCE).until(() -> acme.server().waiting(OLD, 10).isEmpty());
    assertThat(peer.updates.get(3)).isEqualTo(peer.updates.get(0));
  }

  private static boolean isMinutesAway(Instant instant) {
    return instant.isAfter(Instant.now().plusSeconds(60));
  }

  @Test
  void newDeltasShouldReachThePeerWhenItIsSilentAboutEarlierOnes() {
    Original peer = new Original(true);
    network.serve(OLD, peer);
    WaveletName wave = acme.create(alice);
    acme.add(alice, wave, new ParticipantId("carol@" + OLD));
    await().atMost(PATIENCE).until(() -> !peer.updates.isEmpty());
    peer.silent = false;
    acme.write(alice, wave, "new");
    await().atMost(PATIENCE).until(() -> acme.server().waiting(OLD, 10).isEmpty());
    assertThat(peer.updates.get(peer.updates.size() - 1).committed())
        .isEqualTo(Optional.of(acme.read(alice, wave).version()));
  }

  /** Takes every update, and is silent about those with deltas while told to be. */
  private static final class Original implements FederationHandler {
    private final List<WaveletUpdate> updates = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    Original(boolean silent) {
      this.silent = silent;
    }

    @Override
    public CompletionStage<Void> update(Peer peer, WaveletUpdate update) {
      updates.add(update);
      return silent && !update.appliedDeltas().isEmpty()
          ? new CompletableFuture<>()
          : CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<SubmitResult> submit(Peer peer, WaveletName wavelet, Bytes delta) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<History> history(Peer peer, HistoryRequest request) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<SignerInfo> signer(Peer peer, SignerRequest request) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<Void> postSigner(Peer peer, SignerInfo signer) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void pinged(Peer peer) {}

    @Override
    public void connected(String localDomain) {}
  }
}
