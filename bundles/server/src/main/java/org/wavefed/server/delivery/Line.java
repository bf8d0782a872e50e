// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.id.WaveletName;

/** What one peer still needs of one wavelet. Guarded by the schedule that holds it. */
final class Line {
  /** After this many updates that a living peer did not acknowledge, only what is newer is sent. */
  static final int RESENDS = 2;

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

  /**
   * The next update. A peer that lives but acknowledges nothing may have the deltas already, or may
   * be unable to take them: after resending, try what is newer, which it then takes or fills the
   * gap before; if there is nothing newer, ask by a commit notice whether it is there at all.
   */
  Delivery next() {
    if (silences < RESENDS) {
      return new Delivery(peer, wavelet, cursor, false);
    }
    boolean newer = silences == RESENDS && sentTo < target;
    return new Delivery(peer, wavelet, newer ? sentTo : target, !newer);
  }

  void acknowledged(long upTo) {
    cursor = Math.max(cursor, upTo);
    sentTo = Math.max(sentTo, cursor);
    failures = 0;
    silences = 0;
    notBefore = Instant.EPOCH;
  }

  void silent(Delivery delivery, long upTo, Instant nextTry) {
    sentTo = Math.max(sentTo, upTo);
    silences = delivery.noticeOnly() ? 0 : silences + 1;
    failed(nextTry);
  }

  void failed(Instant nextTry) {
    failures++;
    notBefore = nextTry;
  }
}
