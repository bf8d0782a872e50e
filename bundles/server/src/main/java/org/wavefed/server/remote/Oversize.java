// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import org.wavefed.server.Limits;
import org.wavefed.server.wavelet.TrackedCopy;

/** The host lets the wavelet grow beyond what this server takes. */
final class Oversize extends SetApart {
  private static final long serialVersionUID = 1L;

  /** A host decides itself what it takes, so that it may be this many times more than we do. */
  private static final int TOLERANCE = 10;

  private final String advice;

  private Oversize(String message, String advice) {
    super(message, null);
    this.advice = advice;
  }

  @Override
  String advice() {
    return advice;
  }

  /** The history is too long to be fetched as a whole. */
  static Oversize history(long mostBytes) {
    return new Oversize(
        "it is longer than " + (mostBytes >> 20) + " MiB", "it cannot be followed here");
  }

  /**
   * Refuses what is over a bound; a delta may always make less of it.
   *
   * @throws Oversize if it is over
   */
  static void check(TrackedCopy before, TrackedCopy after, Limits limits) {
    check(
        "participants",
        before.state().participants().size(),
        after.state().participants().size(),
        limits.waveletParticipants(),
        "limits.wavelet.participants");
    check(
        "domains that take part or did",
        before.membership().until().size(),
        after.membership().until().size(),
        limits.waveletDomains(),
        "limits.wavelet.domains");
  }

  private static void check(String what, int before, int after, int limit, String key) {
    long most = (long) limit * TOLERANCE;
    if (after > before && after > most) {
      throw new Oversize(
          "it has " + after + " " + what + ", and the most that this server takes is " + most,
          "if it shall be followed, raise "
              + key
              + " in etc/org.wavefed.server.cfg: "
              + TOLERANCE
              + " times that may be in wavelets of other hosts");
    }
  }
}
