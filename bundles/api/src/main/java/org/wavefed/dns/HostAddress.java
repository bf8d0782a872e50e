// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An address of a host.
 *
 * @param host the name that was asked for, lower case
 * @param address IPv4 or IPv6
 */
public record HostAddress(String host, InetAddress address) {
  private static final int GROUPS = 8;

  /** The address as operators read it, see {@link #text(InetAddress)}. */
  public String text() {
    return text(address);
  }

  /**
   * An address as operators read it, and {@code dig +short} writes it: IPv6 shortened (RFC 5952),
   * without a scope.
   */
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

  /** A port at an address; IPv6 in brackets (RFC 5952, 6). */
  public static String text(InetAddress address, int port) {
    String text = text(address);
    return (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
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
}
