// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

import java.time.Duration;

/**
 * One thing that was done, or left out, to reach a peer.
 *
 * @param number the step of {@code docs/s2s.md}, Connection establishment: 1 to 13
 * @param what what it was about, such as {@code SRV _xmpp-server._tcp.acmewave.example}
 * @param outcome how it went
 * @param detail what was found, or why it failed or was left out, in one line
 * @param elapsed how long it took
 */
public record ProbeStep(int number, String what, Outcome outcome, String detail, Duration elapsed) {
  /** How a step went. */
  public enum Outcome {
    /** It worked. */
    DONE,
    /** It was tried and did not work. */
    FAILED,
    /** It was not necessary, or not allowed. */
    SKIPPED
  }
}
