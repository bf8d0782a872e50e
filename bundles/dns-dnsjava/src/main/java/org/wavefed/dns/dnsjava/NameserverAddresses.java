// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;

/** Reads the configured nameservers, or finds those of the system. */
final class NameserverAddresses {
  private static final int DNS_PORT = 53;

  private NameserverAddresses() {}

  /**
   * @param configured addresses with or without a port, separated by commas; empty for the system's
   * @throws IllegalArgumentException with one line for the operator, if one is no address
   */
  static List<InetSocketAddress> of(String configured) {
    if (configured.isBlank()) {
      return ofSystem();
    }
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String text : configured.split(",", -1)) {
      addresses.add(parse(text.strip()));
    }
    return addresses;
  }

  private static List<InetSocketAddress> ofSystem() {
    ResolvConfResolverConfigProvider system = new ResolvConfResolverConfigProvider();
    system.initialize();
    return system.servers();
  }

  private static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > 0 && (text.charAt(colon - 1) == ']' || text.indexOf(':') == colon);
    String host = hasPort ? text.substring(0, colon) : text;
    String address =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      if (!address.matches("[0-9]+([.][0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.%]*")) {
        throw notAnAddress(text, null);
      }
      int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : DNS_PORT;
      return new InetSocketAddress(InetAddress.getByName(address), port);
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw notAnAddress(text, e);
    }
  }

  private static IllegalArgumentException notAnAddress(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "nameservers in etc/"
            + DnsSettings.FILE
            + ": '"
            + text
            + "' is not an address such as 127.0.0.1, 127.0.0.1:5300 or [::1]:53",
        cause);
  }
}
