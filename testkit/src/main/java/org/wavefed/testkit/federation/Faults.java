// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.federation;

/**
 * What goes wrong on the way, drawn anew for each call.
 *
 * @param lostRequests how likely a call does not arrive, 0 to 1
 * @param lostAnswers how likely its answer does not arrive, 0 to 1
 * @param doubled how likely an update arrives twice, 0 to 1
 * @param mostDelayMillis how long each way takes at most; calls overtake each other by it
 */
public record Faults(double lostRequests, double lostAnswers, double doubled, int mostDelayMillis) {
  /** Nothing goes wrong, and nothing takes time. */
  public static final Faults NONE = new Faults(0, 0, 0, 0);
}
