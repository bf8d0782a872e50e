// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns;

/**
 * Where a service is offered (RFC 2782).
 *
 * @param priority 0 to 65535; lower ones are tried first
 * @param weight 0 to 65535; the share among records of one priority
 * @param port 0 to 65535
 * @param target the host, lower case, ASCII, without the dot at its end; empty if the service is
 *     decidedly not offered (a target of ".")
 */
public record SrvRecord(int priority, int weight, int port, String target) {
  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public SrvRecord {
    requireSixteenBits(priority);
    requireSixteenBits(weight);
    requireSixteenBits(port);
  }

  /** Whether the record says that the service is not offered at all. */
  public boolean isNotOffered() {
    return target.isEmpty();
  }

  private static void requireSixteenBits(int number) {
    if (number < 0 || number > 0xffff) {
      throw new IllegalArgumentException(number + " is not within 0 to 65535");
    }
  }
}
