// SPDX-License-Identifier: Apache-2.0
package org.wavefed.ping;

import java.time.Duration;
import org.wavefed.transport.FailureReason;

/** How a ping went. */
public sealed interface PingResult {
  /**
   * The wave service answered.
   *
   * @param address the address of the wave service
   * @param transport the kind of transport that it went over
   * @param discovery how long finding the service took; near zero if it was known
   * @param roundTrip how long the ping itself took
   */
  record Answered(String address, String transport, Duration discovery, Duration roundTrip)
      implements PingResult {}

  /**
   * It failed.
   *
   * @param reason where it failed
   * @param message one line for an operator
   * @param elapsed how long that took
   */
  record Failed(FailureReason reason, String message, Duration elapsed) implements PingResult {}
}
