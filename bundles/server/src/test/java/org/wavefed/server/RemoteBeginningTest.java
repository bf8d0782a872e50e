// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wavefed.server.TestServer.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Peer;

/** Wavelets whose long history has to be fetched before they may come into being here. */
class RemoteBeginningTest {
  private static final String ACME = "acmewave.example";
  private static final String EVIL = "evil.example";
  private static final int LARGE = 100_000;

  private final InProcessNetwork network = new InProcessNetwork(3);
  private final TestServer acme = new TestServer(network, ACME);
  private final ParticipantId alice = acme.user("alice");
  private final Peer evil = InProcessNetwork.peer(EVIL, ACME);
  private final ForgedHost host = new ForgedHost(EVIL, "w+long");

  @BeforeEach
  void serve() {
    network.serve(EVIL, host);
    host.invite(host.author);
  }

  @AfterEach
  void stop() {
    network.close();
    acme.close();
  }

  /** More than is held in memory. */
  private void writeMuch() {
    for (int i = 0; i < 50; i++) {
      host.write("b+" + i, LARGE);
    }
  }

  @Test
  void longHistoryShouldBeFetchedOnceWhenADeltaAddsOurUser() {
    writeMuch();
    host.invite(alice);
    await(acme.server().update(evil, host.newest(1)));
    assertThat(acme.read(alice, host.wavelet).version()).isEqualTo(host.head());
    assertThat(host.asked).hasSize(51).doesNotHaveDuplicates();
  }

  @Test
  void waveletShouldBeWholeWhenTheHostWouldAnswerOtherwiseIfAskedAgain() {
    writeMuch();
    ForgedHost other = new ForgedHost(EVIL, "w+long").invite(host.author);
    for (int i = 0; i < 50; i++) {
      other.write("c+" + i, LARGE);
    }
    host.invite(alice);
    host.answer =
        request ->
            CompletableFuture.completedStage(
                host.asked.size() > 51 ? other.page(request) : host.page(request));
    await(acme.server().update(evil, host.newest(1)));
    assertThat(acme.read(alice, host.wavelet).version()).isEqualTo(host.head());
  }

  @Test
  void nothingShouldBeKeptWhenADeltaOfALongHistoryCannotBeApplied() {
    writeMuch();
    host.add(new MutateDocument("b+1", DocOp.builder().retain(LARGE + 1).build()));
    host.invite(alice);
    assertThatThrownBy(() -> await(acme.server().update(evil, host.newest(1))))
        .isInstanceOfSatisfying(
            FederationException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.NOT_ACCEPTABLE))
        .hasMessageContaining("contradicts itself");
    assertThat(await(acme.store.head(host.wavelet))).isEmpty();
  }

  @Test
  void historyShouldContradictItsHostWhenThatDoesNotKnowIt() {
    host.invite(alice);
    host.answer =
        request ->
            CompletableFuture.failedStage(
                new FederationException(FailureReason.NOT_ACCEPTABLE, "another hash"));
    assertThatThrownBy(() -> await(acme.server().update(evil, host.newest(1))))
        .isInstanceOfSatisfying(
            FederationException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.NOT_ACCEPTABLE))
        .hasMessageContaining("does not know our version 0");
  }

  @Test
  void historiesOfOneHostShouldTakeTurnsWhenManyAreFetchedAtOnce() {
    ForgedHost slow = new ForgedHost(EVIL, "w+slow").invite(host.author);
    CompletableFuture<List<Bytes>> pending = new CompletableFuture<>();
    host.answer =
        request -> request.wavelet().equals(host.wavelet) ? pending : answer(slow, request);
    host.invite(alice);
    slow.invite(alice);
    var first = acme.server().update(evil, host.newest(1)).toCompletableFuture();
    Awaitility.await().atMost(TestServer.PATIENCE).until(() -> host.asked.size() == 1);
    var second = acme.server().update(evil, slow.newest(1)).toCompletableFuture();
    acme.create(alice);
    assertThat(host.asked).as("nothing of the other is in memory").hasSize(1);
    pending.complete(host.page(host.asked.get(0)));
    await(first);
    await(second);
    assertThat(acme.read(alice, slow.wavelet).version()).isEqualTo(slow.head());
  }

  private static CompletableFuture<List<Bytes>> answer(ForgedHost host, HistoryRequest request) {
    return CompletableFuture.completedFuture(host.page(request));
  }
}
