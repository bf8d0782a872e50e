// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.wavefed.model.id.WaveletName;

/** The lines of one peer, those that wait the longest first. Guarded by the schedule. */
final class PeerLines {
  /** However often a peer is heard from, it is not tried more often than this after a failure. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

  final String domain;

  /** The lines with something to send, in the order in which they get their turn. */
  final Map<WaveletName, Line> waiting = new LinkedHashMap<>();

  int inFlight;
  int failures;
  Instant lastFailure = Instant.EPOCH;
  Instant notBefore = Instant.EPOCH;

  PeerLines(String domain) {
    this.domain = domain;
  }

  /** How many updates may be in flight: a peer that was unreachable is tried with one first. */
  int room(int most) {
    return (failures == 0 ? most : 1) - inFlight;
  }

  boolean mayTry(Instant now) {
    return !notBefore.isAfter(now);
  }

  void unreachable(Instant now, Instant nextTry) {
    failures++;
    lastFailure = now;
    notBefore = nextTry;
  }

  void reached() {
    failures = 0;
    notBefore = Instant.EPOCH;
  }

  /** The peer gave a sign of life: what waits for time to pass does not wait any longer. */
  void heard(Instant now) {
    if (failures > 0 && notBefore.isAfter(now)) {
      Instant soonest = lastFailure.plus(SHORTEST_PAUSE);
      notBefore = soonest.isAfter(now) ? soonest : Instant.EPOCH;
    }
  }

  /** The line goes behind the others, so that a busy wavelet does not keep them waiting. */
  void requeue(Line line) {
    waiting.remove(line.wavelet);
    if (line.waits()) {
      waiting.put(line.wavelet, line);
    }
  }
}
