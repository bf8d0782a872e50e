// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wavefed.testkit.federation.InProcessNetwork;
import org.wavefed.transport.Peer;

class InHandTest {
  private final Peer slow = InProcessNetwork.peer("slow.example", "acmewave.example");
  private final Peer other = InProcessNetwork.peer("other.example", "acmewave.example");
  private final InHand inHand = new InHand(() -> 8);
  private final List<CompletableFuture<String>> begun = new ArrayList<>();

  @Test
  void onePeerShouldNotKeepOutTheOthersWhenItsCallsTakeLong() {
    assertThat(isRefused(call(slow))).isFalse();
    assertThat(isRefused(call(slow))).isFalse();
    assertThat(isRefused(call(slow))).isTrue();
    assertThat(isRefused(call(other))).isFalse();
    begun.get(0).complete("done");
    assertThat(isRefused(call(slow))).isFalse();
  }

  @Test
  void callsShouldBeRefusedWhenTooManyPeersMakeThem() {
    for (int i = 0; i < 8; i++) {
      Peer peer = InProcessNetwork.peer(i + ".example", "acmewave.example");
      assertThat(isRefused(call(peer))).isFalse();
    }
    assertThat(isRefused(call(other))).isTrue();
    begun.forEach(call -> call.complete("done"));
    assertThat(isRefused(call(other))).isFalse();
  }

  @Test
  void workThatThrowsShouldLeaveNoCallInHand() {
    for (int i = 0; i < 20; i++) {
      CompletableFuture<String> call =
          inHand
              .<String>work(
                  slow,
                  () -> {
                    throw new IllegalStateException("a fault");
                  })
              .toCompletableFuture();
      assertThat(call).isCompletedExceptionally();
    }
    assertThat(isRefused(call(slow))).isFalse();
  }

  private CompletableFuture<String> call(Peer peer) {
    return inHand
        .work(
            peer,
            () -> {
              begun.add(new CompletableFuture<>());
              return begun.get(begun.size() - 1);
            })
        .toCompletableFuture();
  }

  private static boolean isRefused(CompletableFuture<String> call) {
    return call.isCompletedExceptionally();
  }
}
