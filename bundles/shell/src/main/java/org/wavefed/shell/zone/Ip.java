// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.zone;

import java.net.Inet4Address;
import java.net.InetAddress;

/** IP addresses as zones have them. */
public final class Ip {
  private Ip() {}

  /** The type of the record that holds an address: {@code A} or {@code AAAA}. */
  public static String type(InetAddress address) {
    return address instanceof Inet4Address ? "A" : "AAAA";
  }

  /** Whether an address is of no use to others on the Internet: private, shared or of this link. */
  public static boolean isNearBy(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length > 4 && (bytes[0] & 0xfe) == 0xfc;
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || uniqueLocal
        || shared;
  }
}
