// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wavefed.server.TestServer.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Peer;

/** The last update of a host that sends nothing twice, and cannot be taken when it comes. */
class LastUpdateTest {
  private static final String ACME = "acmewave.example";
  private static final String OLD = "old.example";

  private final InProcessNetwork network = new InProcessNetwork(3);
  private final TestServer acme = new TestServer(network, ACME);
  private final ParticipantId alice = acme.user("alice");
  private final Peer peer = InProcessNetwork.peer(OLD, ACME);
  private final ForgedHost host = new ForgedHost(OLD, "w+last");

  @BeforeEach
  void serve() {
    network.serve(OLD, host);
  }

  @AfterEach
  void stop() {
    network.close();
    acme.close();
  }

  /** Our copy is there, and after this the host is two deltas ahead. */
  private void begin() {
    host.invite(host.author, alice);
    await(acme.server().update(peer, host.newest(1)));
    host.write("b+1", 1).write("b+2", 1);
  }

  private void lastUpdateShouldFail(Peer from, String words) {
    assertThatThrownBy(() -> await(acme.server().update(from, host.newest(1))))
        .isInstanceOf(FederationException.class)
        .hasMessageContaining(words);
  }

  private void copyShouldReachTheHead() {
    acme.readFrom(alice, host.wavelet, host.head().version());
    assertThat(acme.read(alice, host.wavelet).version()).isEqualTo(host.head());
  }

  private static <T> CompletionStage<T> noAnswer() {
    return CompletableFuture.failedStage(
        new FederationException(FailureReason.TIMED_OUT, "no answer"));
  }

  private void answerHistory() {
    host.answer = request -> CompletableFuture.completedStage(host.page(request));
  }

  @Test
  void copyShouldReachTheHeadWhenTheHistoryBeforeCouldNotBeHad() {
    begin();
    host.answer = request -> noAnswer();
    lastUpdateShouldFail(peer, "no answer");
    answerHistory();
    copyShouldReachTheHead();
  }

  @Test
  void waveletShouldComeIntoBeingWhenTheHistoryThatAddsOursCouldNotBeHad() {
    host.invite(host.author, alice).write("b+1", 1);
    host.answer = request -> noAnswer();
    lastUpdateShouldFail(peer, "no answer");
    answerHistory();
    copyShouldReachTheHead();
  }

  @Test
  void copyShouldReachTheHeadWhenTheSignerCouldNotBeHad() {
    begin();
    acme.crypto.forgetAll();
    var signer = host.signer;
    host.signer = LastUpdateTest::noAnswer;
    lastUpdateShouldFail(peer, "no answer");
    host.signer = signer;
    copyShouldReachTheHead();
  }

  @Test
  void copyShouldReachTheHeadWhenTheHostCouldNotBeReached() {
    begin();
    network.down(OLD);
    lastUpdateShouldFail(peer, "old.example is down");
    network.up(OLD);
    copyShouldReachTheHead();
  }

  @Test
  void copyShouldReachTheHeadWhenTheHostDidNotSayForWhomItsServiceSpeaks() {
    begin();
    lastUpdateShouldFail(new Unproven(peer), "no answer");
    copyShouldReachTheHead();
  }

  @Test
  void copyShouldReachTheHeadWhenTheStoreCouldNotBeWritten() {
    begin();
    acme.store.full = true;
    lastUpdateShouldFail(peer, "store fails at the moment");
    acme.store.full = false;
    copyShouldReachTheHead();
  }

  @Test
  void copyShouldReachTheHeadWhenThereWasNoStore() {
    begin();
    acme.server().unsetStore(acme.store);
    lastUpdateShouldFail(peer, "no store at the moment");
    acme.server().setStore(acme.store);
    copyShouldReachTheHead();
  }

  /** A peer about whose domain the first question is not answered. */
  private static final class Unproven implements Peer {
    private final Peer peer;
    private boolean asked;

    Unproven(Peer peer) {
      this.peer = peer;
    }

    @Override
    public String address() {
      return peer.address();
    }

    @Override
    public String localDomain() {
      return peer.localDomain();
    }

    @Override
    public synchronized CompletionStage<Boolean> speaksFor(String domain) {
      CompletionStage<Boolean> answer = asked ? peer.speaksFor(domain) : noAnswer();
      asked = true;
      return answer;
    }
  }
}
