// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.zone;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** IP addresses as zones have them. */
public final class Ip {
  private static final int GROUPS = 8;

  private Ip() {}

  /** The type of the record that holds an address: {@code A} or {@code AAAA}. */
  public static String type(InetAddress address) {
    return address instanceof Inet4Address ? "A" : "AAAA";
  }

  /** The address as {@code dig +short} writes it: IPv6 shortened (RFC 5952), without a scope. */
  public static String text(InetAddress address) {
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    int[] groups =
        IntStream.range(0, GROUPS)
            .map(i -> (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff))
            .toArray();
    int from = 0;
    int length = 0;
    for (int i = 0; i < GROUPS; i++) {
      int zeros = zerosAt(groups, i);
      if (zeros > length) {
        from = i;
        length = zeros;
      }
    }
    return length < 2
        ? joined(groups, 0, GROUPS)
        : joined(groups, 0, from) + "::" + joined(groups, from + length, GROUPS);
  }

  private static int zerosAt(int[] groups, int from) {
    int to = from;
    while (to < groups.length && groups[to] == 0) {
      to++;
    }
    return to - from;
  }

  private static String joined(int[] groups, int from, int to) {
    return Arrays.stream(groups, from, to)
        .mapToObj(Integer::toHexString)
        .collect(Collectors.joining(":"));
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
