// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.zone;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wavefed.shell.Services;
import org.wavefed.shell.Services.Found;
import org.wavefed.transport.FederationTransport;

/** Where this server lets others connect for a domain, as its transports tell. */
public final class Offers {
  /** Where XMPP servers listen for others, by custom (RFC 6120, section 14.7). */
  private static final int CUSTOMARY = 5269;

  /** So far behind a transport that is asked first. */
  private static final int STEP = 10;

  private Offers() {}

  /**
   * The servers of a domain: for each transport that serves it, one for each port on which that
   * listens; one at the customary port if there is none.
   *
   * @param host how others call this machine
   */
  public static List<Target> of(Services services, String domain, String host) {
    List<Target> targets = new ArrayList<>();
    int priority = 0;
    for (Found<FederationTransport> found : services.all(FederationTransport.class)) {
      if (serves(found, domain)) {
        targets.addAll(targets(found.properties(), host, priority));
        priority += STEP;
      }
    }
    return targets.isEmpty()
        ? List.of(new Target(host, CUSTOMARY, 0, 0, 0, interfaces()))
        : List.copyOf(targets);
  }

  /** The domains that transports are configured for, with the kinds. */
  public static Map<String, Set<String>> kinds(Services services) {
    Map<String, Set<String>> kinds = new TreeMap<>();
    for (Found<FederationTransport> found : services.all(FederationTransport.class)) {
      texts(found.properties().get("domain"))
          .forEach(
              domain ->
                  kinds
                      .computeIfAbsent(domain, any -> new LinkedHashSet<>())
                      .add(found.service().kind()));
    }
    return kinds;
  }

  private static boolean serves(Found<FederationTransport> found, String domain) {
    return texts(found.properties().get("domain")).contains(domain)
        || found.service().serves(domain);
  }

  private static List<Target> targets(Map<String, Object> properties, String host, int priority) {
    if (!properties.containsKey("listen")) {
      // Behind an XMPP server, which others connect to.
      return List.of(new Target(host, CUSTOMARY, 0, priority, 0, interfaces()));
    }
    List<String> plain = texts(properties.get("listen"));
    List<String> direct = texts(properties.get("listen.direct"));
    Set<InetAddress> addresses = new LinkedHashSet<>();
    plain.forEach(text -> addresses.addAll(addresses(text)));
    direct.forEach(text -> addresses.addAll(addresses(text)));
    List<Integer> ports = ports(plain);
    List<Integer> directPorts = ports(direct);
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < Math.max(1, Math.max(ports.size(), directPorts.size())); i++) {
      targets.add(
          new Target(
              host, port(ports, i), port(directPorts, i), priority, 0, List.copyOf(addresses)));
    }
    return targets;
  }

  private static List<Integer> ports(List<String> listening) {
    return listening.stream()
        .map(text -> Integer.valueOf(text.substring(text.lastIndexOf(':') + 1)))
        .distinct()
        .toList();
  }

  private static int port(List<Integer> ports, int index) {
    return index < ports.size() ? ports.get(index) : 0;
  }

  private static List<InetAddress> addresses(String listening) {
    try {
      InetAddress address =
          InetAddress.getByName(listening.substring(0, listening.lastIndexOf(':')));
      return address.isAnyLocalAddress() ? interfaces() : List.of(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(listening + " is not ADDRESS:PORT", e);
    }
  }

  /** The addresses of this machine that others may know. */
  private static List<InetAddress> interfaces() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private static List<String> texts(@Nullable Object property) {
    return property instanceof String[] several
        ? Arrays.asList(several)
        : property == null ? List.of() : List.of(property.toString());
  }
}
