// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.wavefed.server.TestServer.LIMITS;
import static org.wavefed.server.TestServer.PATIENCE;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.Watcher;
import org.wavefed.wave.WaveletChange;
import org.wavefed.wave.WaveletSnapshot;

/** A disk that stands still while users go on typing. */
class StalledStoreTest {
  private static final int WAITING = 10;
  private static final int SUBMITS = 50;

  private final InProcessNetwork network = new InProcessNetwork(4);
  private final TestServer acme = new TestServer(network, fewWaiting(), "acmewave.example");
  private final ParticipantId alice = acme.user("alice");

  @AfterEach
  void stop() {
    network.close();
    acme.close();
  }

  private static Limits fewWaiting() {
    return new Limits(
        LIMITS.openWavelets(),
        WAITING,
        LIMITS.recentDeltas(),
        LIMITS.snapshotEvery(),
        LIMITS.watcherBacklog(),
        LIMITS.listedWavelets(),
        LIMITS.updateDeltas(),
        LIMITS.updateBytes(),
        LIMITS.updatesPerPeer(),
        LIMITS.historyBytes(),
        LIMITS.deltaBytes(),
        LIMITS.deltaAdds(),
        LIMITS.waveletParticipants(),
        LIMITS.waveletDomains(),
        LIMITS.callsInHand(),
        LIMITS.replyTimeout(),
        PATIENCE,
        LIMITS.absence());
  }

  @Test
  void submitsShouldBeRefusedWhenTooManyWaitForTheStore() {
    WaveletName wave = acme.create(alice);
    CompletableFuture<Void> gate = new CompletableFuture<>();
    acme.store.gate = gate;
    List<CompletableFuture<Submitted>> submits = new ArrayList<>();
    WaveletSnapshot now = acme.read(alice, wave);
    for (int i = 0; i < SUBMITS; i++) {
      MutateDocument note = new MutateDocument("n" + i, DocOp.builder().characters("x").build());
      submits.add(
          acme.server().submit(alice, wave, now.version(), List.of(note)).toCompletableFuture());
      // A turn in the wavelet's mailbox, so that it is not the mailbox that is full.
      TestServer.await(acme.server().watch(alice, wave, new Nobody())).close();
    }
    await().atMost(PATIENCE).until(() -> refused(submits).size() >= SUBMITS - WAITING - 1);
    assertThatThrownBy(() -> TestServer.await(refused(submits).get(0)))
        .hasMessageContaining("too many changes of " + wave + " are waiting; try again");
    gate.complete(null);
    List<CompletableFuture<Submitted>> taken = new ArrayList<>(submits);
    taken.removeAll(refused(submits));
    assertThat(taken).hasSizeGreaterThanOrEqualTo(WAITING);
    taken.forEach(TestServer::await);
    assertThat(acme.read(alice, wave).version().version())
        .isEqualTo(now.version().version() + taken.size());
  }

  private static List<CompletableFuture<Submitted>> refused(
      List<CompletableFuture<Submitted>> submits) {
    return submits.stream().filter(CompletableFuture::isCompletedExceptionally).toList();
  }

  private static final class Nobody implements Watcher {
    @Override
    public void opened(WaveletSnapshot snapshot) {}

    @Override
    public void changed(WaveletChange change) {}

    @Override
    public void closed(String reason) {}
  }
}
