// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Those who count as one: an IPv4 address, or the 64 bits of an IPv6 address that a host cannot
 * choose (RFC 4291, 2.5.1).
 *
 * @param address the lowest of them
 */
record Network(InetAddress address) {
  private static final int PREFIX = 8;

  static Network of(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return new Network(address);
    }
    byte[] octets = address.getAddress();
    Arrays.fill(octets, PREFIX, octets.length, (byte) 0);
    try {
      return new Network(InetAddress.getByAddress(octets));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen octets are an address", e);
    }
  }
}
