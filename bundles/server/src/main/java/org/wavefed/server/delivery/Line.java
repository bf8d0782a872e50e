// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.id.WaveletName;

/** What one peer still needs of one wavelet. Guarded by the schedule that holds it. */
final class Line {
  /** After this many updates that a living peer did not acknowledge, only what is newer is sent. */
  static final int RESENDS = 2;

  /**
   * How often a peer that acknowledges commit notices but no deltas is doubted before it is taken
   * to have them.
   */
  static final int DOUBTS = 8;

  final String peer;
  final WaveletName wavelet;

  long cursor;
  long target;

  /** The version after the newest delta that was sent, acknowledged or not. */
  long sentTo;

  /** What the peer's standing was when the update in flight began; null if none is in flight. */
  @Nullable Standing inFlightAs;

  /** How many tries in a row have failed, for the back-off. */
  int failures;

  /** How many updates in a row a living peer did not acknowledge. */
  int silences;

  /** Whether the peer acknowledged a notice last, after no deltas. */
  private boolean doubted;

  /** How many times in a row it did so for the version {@link #doubtedAt}. */
  int doubts;

  private long doubtedAt;

  Instant notBefore = Instant.EPOCH;

  Line(String peer, WaveletName wavelet, long cursor, long target) {
    this.peer = peer;
    this.wavelet = wavelet;
    this.cursor = cursor;
    this.target = target;
    this.sentTo = cursor;
  }

  boolean waits() {
    return cursor < target;
  }

  /** Whether there are deltas for a peer that waits in doubt, which tell more than time does. */
  boolean hasNewsInDoubt() {
    return doubted && sentTo < target;
  }

  /**
   * The next update. A peer that lives but acknowledges nothing may have the deltas already, or may
   * be unable to take them: after resending, try what is newer, which it then takes or fills the
   * gap before; if there is nothing newer, ask by a commit notice whether it is there at all.
   */
  Delivery next() {
    if (hasNewsInDoubt() || (silences == RESENDS && sentTo < target)) {
      return new Delivery(peer, wavelet, sentTo, false);
    }
    return silences < RESENDS
        ? new Delivery(peer, wavelet, cursor, false)
        : new Delivery(peer, wavelet, target, true);
  }

  void acknowledged(long upTo) {
    cursor = Math.max(cursor, upTo);
    sentTo = Math.max(sentTo, cursor);
    failures = 0;
    silences = 0;
    doubted = false;
    doubts = 0;
    notBefore = Instant.EPOCH;
  }

  /** Whether one more acknowledgement of a notice up to a version is believed. */
  boolean isBelieved(long upTo) {
    return doubtedAt == upTo && doubts >= DOUBTS;
  }

  /**
   * The peer acknowledged a notice. Deployed servers do so for versions that they do not have; the
   * deltas are sent once more, after a long time.
   */
  void doubt(long upTo) {
    doubts = doubtedAt == upTo ? doubts + 1 : 1;
    doubtedAt = upTo;
    doubted = true;
    failures = 0;
    silences = RESENDS - 1;
  }

  void silent(Delivery delivery, long upTo, Instant nextTry) {
    sentTo = Math.max(sentTo, upTo);
    doubted = false;
    silences = delivery.noticeOnly() ? 0 : silences + 1;
    failed(nextTry);
  }

  /** A peer that refuses what is newer, or the notice, lacks what came before: all begins again. */
  void refused(Instant nextTry) {
    silences = 0;
    failed(nextTry);
  }

  private void failed(Instant nextTry) {
    failures++;
    notBefore = nextTry;
  }
}
