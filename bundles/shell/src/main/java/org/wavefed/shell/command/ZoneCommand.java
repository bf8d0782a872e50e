// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;
import org.wavefed.shell.Addresses;
import org.wavefed.shell.Printable;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Services;
import org.wavefed.shell.completer.LocalDomainCompleter;
import org.wavefed.shell.completer.NothingCompleter;
import org.wavefed.shell.zone.Offers;
import org.wavefed.shell.zone.Target;
import org.wavefed.shell.zone.ZonePlan;
import org.wavefed.wave.WaveService;

/** A command about what a domain publishes in the DNS. */
abstract class ZoneCommand extends WaveCommand {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  @Option(
      valueToShowInHelp = "",
      name = "--host",
      description =
          "How others call this machine, or the router in front of it; without it xmpp.DOMAIN."
              + " Example: --host xmpp.acmewave.example")
  @Completion(NothingCompleter.class)
  String host = "";

  @Option(
      valueToShowInHelp = "",
      name = "--address",
      multiValued = true,
      description =
          "The address that others connect to, once for each; without it where this server"
              + " listens. Example: --address 192.0.2.1")
  @Completion(NothingCompleter.class)
  List<String> addresses = new ArrayList<>();

  @Option(
      valueToShowInHelp = "",
      name = "--port",
      description =
          "The port that others connect to, where a router maps it or an XMPP server has another"
              + " than 5269. Example: --port 15269")
  int port = -1;

  @Option(
      valueToShowInHelp = "",
      name = "--direct-port",
      description = "The same for TLS at once (XEP-0368); 0 for none. Example: --direct-port 5270")
  int directPort = -1;

  @Option(
      valueToShowInHelp = "",
      name = "--priority",
      description = "0 to 65535; servers with a lower one are tried first. Example: --priority 10")
  int priority = -1;

  @Option(
      valueToShowInHelp = "",
      name = "--weight",
      description = "0 to 65535; the share among servers of one priority. Example: --weight 60")
  int weight = -1;

  @Option(
      valueToShowInHelp = "",
      name = "--also",
      multiValued = true,
      description =
          "Another server of the domain, once for each: HOST,PORT,PRIORITY,WEIGHT and perhaps"
              + " addresses. Example: --also backup.acmewave.example,5269,20,0,192.0.2.2")
  @Completion(NothingCompleter.class)
  List<String> also = new ArrayList<>();

  @Argument(
      valueToShowInHelp = "",
      name = "domain",
      description =
          "The domain; without it the one that this server serves. Example: acmewave.example")
  @Completion(LocalDomainCompleter.class)
  String domain = "";

  /** What the domain needs, as this server is configured and the options say. */
  final ZonePlan plan(Services services) {
    String planned = domain(services);
    String name = host.isEmpty() ? "xmpp." + planned : name("--host", host);
    List<InetAddress> given = addresses.stream().map(ZoneCommand::address).toList();
    List<Target> offers = Offers.of(services, planned, name);
    List<Target> targets = new ArrayList<>();
    // A port that was typed is that of the server asked first.
    for (Target offer : port < 0 ? offers : offers.subList(0, 1)) {
      targets.add(
          new Target(
              name,
              port < 0 ? offer.port() : number("--port", port),
              directPort < 0 ? offer.directPort() : number("--direct-port", directPort),
              offer.priority() + (priority < 0 ? 0 : number("--priority", priority)),
              weight < 0 ? offer.weight() : number("--weight", weight),
              given.isEmpty() ? offer.addresses() : given));
    }
    also.forEach(text -> targets.add(other(text)));
    return new ZonePlan(planned, targets);
  }

  /** The domain meant: the one typed, or the server's only one. */
  private String domain(Services services) {
    if (!domain.isEmpty()) {
      return Addresses.domain(domain);
    }
    Set<String> served = services.need(WaveService.class).localDomains();
    if (served.size() != 1) {
      throw new Refusal(
          served.isEmpty()
              ? "no domain is served: name one, such as acmewave.example"
              : "name one of the domains served: " + String.join(", ", served));
    }
    return served.iterator().next();
  }

  private static Target other(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length < 4) {
      throw new Refusal(
          "--also "
              + Printable.of(text)
              + ": write HOST,PORT,PRIORITY,WEIGHT such as backup.acmewave.example,5269,20,0");
    }
    List<InetAddress> addresses = new ArrayList<>();
    for (int i = 4; i < parts.length; i++) {
      addresses.add(address(parts[i]));
    }
    return new Target(
        name("--also", parts[0]),
        number("--also", parts[1]),
        0,
        number("--also", parts[2]),
        number("--also", parts[3]),
        addresses);
  }

  /** SRV records lead to names (RFC 2782); an address would be taken for one. */
  private static String name(String option, String text) {
    if (LITERAL.matcher(text).matches()) {
      throw new Refusal(
          option
              + ": "
              + text
              + " is an address, and SRV records lead to names: write a name such as"
              + " xmpp.acmewave.example, and the address with --address");
    }
    return Addresses.domain(text);
  }

  private static int number(String option, String text) {
    try {
      return number(option, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new Refusal(option + ": '" + Printable.of(text) + "' is no number from 0 to 65535", e);
    }
  }

  private static int number(String option, int number) {
    if (number < 0 || number > 0xffff) {
      throw new Refusal(option + ": " + number + " is no number from 0 to 65535");
    }
    return number;
  }

  private static InetAddress address(String text) {
    try {
      if (LITERAL.matcher(text).matches()) {
        return InetAddress.getByName(text);
      }
      throw noAddress(text, null);
    } catch (UnknownHostException e) {
      throw noAddress(text, e);
    }
  }

  private static Refusal noAddress(String text, @Nullable Exception cause) {
    String line = "'" + Printable.of(text) + "' is no address such as 192.0.2.1 or 2001:db8::1";
    return cause == null ? new Refusal(line) : new Refusal(line, cause);
  }
}
