// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.federation;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.wavefed.server.Refusals;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.Peer;

/**
 * Bounds the calls of peers that are worked on at once. One peer may have a quarter of them: a call
 * can take as long as its caller does to answer what we ask it in turn, and nobody shall keep the
 * others out by being slow. Thread-safe.
 */
final class InHand {
  private static final int SHARE = 4;

  private final IntSupplier most;
  private final Map<String, Integer> ofPeers = new HashMap<>();
  private int all;

  /**
   * @param most how many may be in hand, 1 or more
   */
  InHand(IntSupplier most) {
    this.most = most;
  }

  /** Does the work if there is room; what it throws is a failure of the stage. */
  <T> CompletionStage<T> work(Peer peer, Supplier<CompletionStage<T>> work) {
    if (!enter(peer.address())) {
      return CompletableFuture.failedStage(
          Refusals.refuse(
              FailureReason.RESOURCE_CONSTRAINT, "too many calls at once; try again later"));
    }
    CompletionStage<T> stage;
    try {
      stage = work.get();
    } catch (RuntimeException | Error refusal) {
      stage = CompletableFuture.failedStage(refusal);
    }
    return Stages.recover(
        stage.whenComplete((answer, failure) -> leave(peer.address())),
        failure -> CompletableFuture.failedStage(Refusals.forPeer(failure)));
  }

  private synchronized boolean enter(String peer) {
    int ofPeer = ofPeers.getOrDefault(peer, 0);
    if (all >= most.getAsInt() || ofPeer >= Math.max(1, most.getAsInt() / SHARE)) {
      return false;
    }
    ofPeers.put(peer, ofPeer + 1);
    all++;
    return true;
  }

  private synchronized void leave(String peer) {
    all--;
    ofPeers.computeIfPresent(peer, (address, calls) -> calls == 1 ? null : calls - 1);
  }
}
