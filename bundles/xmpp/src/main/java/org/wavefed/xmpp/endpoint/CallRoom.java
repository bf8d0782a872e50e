// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.util.HashMap;
import java.util.Map;

/**
 * The room for calls that wait for an answer, shared so that whoever does not answer leaves room
 * for those that do. A peer may fill a third of what is free: a quarter of all when it is alone,
 * and less the more others fill theirs, so that something is always left for one more. Strangers
 * share a sixteenth of all, but enough for one discovery. Thread-safe.
 */
final class CallRoom {
  /** Whom a call is for. */
  enum For {
    /** A peer whose wave service was found. */
    PEER,
    /** Somebody whose wave service was not found yet, or not when it was last looked for. */
    STRANGER
  }

  private static final int SHARE_OF_FREE = 3;
  private static final int SHARE_OF_STRANGERS = 16;

  private final int limit;
  private final int limitOfStrangers;

  /** Guarded by this, as are the sums. */
  private final Map<String, Integer> perPeer = new HashMap<>();

  private int total;
  private int strangers;

  /**
   * @param limit how many calls in all
   */
  CallRoom(int limit) {
    this.limit = limit;
    this.limitOfStrangers =
        Math.min(limit, Math.max(limit / SHARE_OF_STRANGERS, Discovery.CALLS_MAX));
  }

  /** Takes room for a call, if there is any for that peer. */
  synchronized boolean take(String peer, For whom) {
    return whom == For.PEER ? takeForPeer(peer) : takeForStranger();
  }

  private boolean takeForPeer(String peer) {
    int ofPeer = perPeer.getOrDefault(peer, 0);
    if (SHARE_OF_FREE * (long) ofPeer >= limit - total) {
      return false;
    }
    total++;
    perPeer.put(peer, ofPeer + 1);
    return true;
  }

  private boolean takeForStranger() {
    if (total >= limit || strangers >= limitOfStrangers) {
      return false;
    }
    total++;
    strangers++;
    return true;
  }

  /** Gives back what {@link #take} has taken with the same arguments. */
  synchronized void release(String peer, For whom) {
    total--;
    if (whom == For.PEER) {
      perPeer.computeIfPresent(peer, (name, count) -> count == 1 ? null : count - 1);
    } else {
      strangers--;
    }
  }
}
