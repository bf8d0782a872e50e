// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Counts the incoming calls that the handler has not answered yet, in all and per peer, so that no
 * peer can take all the room. Reading goes on when there is no room: the answers to our own calls,
 * which the handler may wait for, come on the same stream. Thread-safe.
 */
final class InHand {
  private final int limit;
  private final int limitPerPeer;

  /** Guarded by this, as is the total. */
  private final Map<String, Integer> perPeer = new HashMap<>();

  private int total;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private boolean finishing;

  InHand(int limit, int limitPerPeer) {
    this.limit = limit;
    this.limitPerPeer = limitPerPeer;
  }

  synchronized boolean take(String peer) {
    int ofPeer = perPeer.getOrDefault(peer, 0);
    if (total >= limit || ofPeer >= limitPerPeer) {
      return false;
    }
    total++;
    perPeer.put(peer, ofPeer + 1);
    return true;
  }

  synchronized void release(String peer) {
    total--;
    perPeer.computeIfPresent(peer, (name, count) -> count == 1 ? null : count - 1);
    finishIfIdle();
  }

  /** Completes as soon as there are none. */
  synchronized CompletableFuture<Void> finish() {
    finishing = true;
    finishIfIdle();
    return finished;
  }

  private void finishIfIdle() {
    if (finishing && total == 0) {
      finished.complete(null);
    }
  }
}
