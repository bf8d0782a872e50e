// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wavefed.server.TestServer.PATIENCE;
import static org.wavefed.server.TestServer.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.transport.Peer;

/** A server that cannot take all that a host sends, which sends nothing twice. */
class BusyRemoteTest {
  private static final String ACME = "acmewave.example";
  private static final String OLD = "old.example";

  private final InProcessNetwork network = new InProcessNetwork(3);
  private final TestServer acme =
      new TestServer(network, TestServer.limits(PATIENCE, oneOfEachPeer()), ACME);
  private final ParticipantId alice = acme.user("alice");
  private final Peer peer = InProcessNetwork.peer(OLD, ACME);
  private final ForgedHost host = new ForgedHost(OLD, "w+busy");

  private static int oneOfEachPeer() {
    return 4;
  }

  @BeforeEach
  void begin() {
    network.serve(OLD, host);
    host.invite(host.author, alice);
    await(acme.server().update(peer, host.newest(1)));
  }

  @AfterEach
  void stop() {
    network.close();
    acme.close();
  }

  @Test
  void copyShouldReachTheHeadWhenTheLastUpdatesWereRefused() {
    CompletableFuture<List<Bytes>> slow = new CompletableFuture<>();
    host.write("b+1", 1);
    List<Bytes> missing = host.newest(1).appliedDeltas();
    host.answer = request -> slow;
    CompletionStage<Void> inHand = acme.server().update(peer, host.write("b+2", 1).newest(1));
    for (int i = 3; i < 20; i++) {
      host.write("b+" + i, 1);
      assertThatThrownBy(() -> await(acme.server().update(peer, host.newest(1))))
          .hasMessageContaining("too many calls at once");
    }
    host.answer = request -> CompletableFuture.completedStage(host.page(request));
    slow.complete(missing);
    await(inHand);
    acme.readFrom(alice, host.wavelet, host.head().version());
    assertThat(acme.read(alice, host.wavelet).version()).isEqualTo(host.head());
  }

  @Test
  void copyShouldReachTheHeadWhenTheTransportHadNoRoom() {
    acme.server().missed(peer, host.write("b+1", 1).write("b+2", 1).newest(1));
    acme.readFrom(alice, host.wavelet, host.head().version());
    assertThat(acme.read(alice, host.wavelet).version()).isEqualTo(host.head());
  }
}
