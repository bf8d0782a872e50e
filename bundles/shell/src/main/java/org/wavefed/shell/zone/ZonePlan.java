// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.zone;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.wavefed.dns.HostAddress;

/**
 * The records that a domain needs: SRV for the domain and for its wave service (RFC 6120, section
 * 3.2; XEP-0368), and the addresses of their targets.
 *
 * @param domain the domain
 * @param targets its servers, one or more
 */
public record ZonePlan(String domain, List<Target> targets) {
  /** The service that is reached with STARTTLS. */
  public static final String STARTTLS = "_xmpp-server._tcp.";

  /** The service that is reached with TLS at once. */
  public static final String DIRECT = "_xmpps-server._tcp.";

  /** The list is copied. */
  public ZonePlan {
    targets = List.copyOf(targets);
  }

  /** The names that others look up: of the domain and of its wave service. */
  public List<String> hosts() {
    return List.of(domain, "wave." + domain);
  }

  /** All records, in the order of a zone file. */
  public List<Record> records() {
    Set<Record> records = new LinkedHashSet<>();
    for (String host : hosts()) {
      targets.stream().filter(t -> t.port() > 0).forEach(t -> records.add(starttls(host, t)));
      targets.stream().filter(t -> t.directPort() > 0).forEach(t -> records.add(direct(host, t)));
    }
    targets.stream()
        .filter(target -> isOurs(target.host()))
        .flatMap(ZonePlan::addresses)
        .forEach(records::add);
    return List.copyOf(records);
  }

  /** Records that the zones of others need, which hold a target's name. */
  public List<Record> foreign() {
    return targets.stream()
        .filter(target -> !isOurs(target.host()))
        .flatMap(ZonePlan::addresses)
        .distinct()
        .toList();
  }

  /** Whether a name is the domain or below it. */
  private boolean isOurs(String host) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  private static Record starttls(String host, Target target) {
    return srv(STARTTLS + host, target, target.port());
  }

  private static Record direct(String host, Target target) {
    return srv(DIRECT + host, target, target.directPort());
  }

  private static Record srv(String name, Target target, int port) {
    return new Record(
        name,
        "SRV",
        target.priority() + " " + target.weight() + " " + port + " " + target.host() + ".");
  }

  private static Stream<Record> addresses(Target target) {
    return target.addresses().stream().map(address -> address(target.host(), address));
  }

  private static Record address(String host, InetAddress address) {
    return new Record(host, Ip.type(address), HostAddress.text(address));
  }
}
