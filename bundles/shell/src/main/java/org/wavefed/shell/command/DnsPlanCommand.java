// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.dns.HostAddress;
import org.wavefed.shell.Paragraph;
import org.wavefed.shell.Services;
import org.wavefed.shell.zone.Ip;
import org.wavefed.shell.zone.Offers;
import org.wavefed.shell.zone.Target;
import org.wavefed.shell.zone.ZonePlan;

/** {@code wave:dns-plan}. */
@Service
@Command(
    scope = "wave",
    name = "dns-plan",
    description = "Prints the lines that a domain needs in its DNS zone",
    detailedDescription =
        "SRV records for the domain and for its wave service, and the addresses of the hosts that"
            + " they name, for the transports and ports of this server as it is configured. As a"
            + " component of an XMPP server it is that server's port, 5269 unless --port says"
            + " otherwise. Behind a router name the router's --address and --port. What to think of"
            + " besides is said on lines that begin with a semicolon, which zone files ignore.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:dns-plan\n"
            + "  wave:dns-plan --address 192.0.2.1 acmewave.example\n"
            + "  wave:dns-plan --host gate.acmewave.example --address 192.0.2.1 --port 15269"
            + " acmewave.example\n"
            + "  wave:dns-plan --also backup.acmewave.example,5269,20,0,192.0.2.2 acmewave.example")
public final class DnsPlanCommand extends ZoneCommand {
  @Override
  void run(Services services) {
    ZonePlan plan = plan(services);
    Set<String> kinds = Offers.kinds(services).getOrDefault(plan.domain(), Set.of());
    note(
        plan.domain()
            + (kinds.isEmpty()
                ? ": no transport is configured for it"
                : " over " + String.join(", ", kinds)));
    plan.records().forEach(record -> out.println(record.line()));
    plan.foreign().forEach(record -> out.println("; in another zone: " + record.line()));
    plan.targets().stream().flatMap(DnsPlanCommand::advice).distinct().forEach(this::note);
  }

  private static Stream<String> advice(Target target) {
    List<String> advice = new ArrayList<>();
    if (target.addresses().isEmpty()) {
      advice.add(target.host() + " needs an address: say --address ADDRESS");
    }
    target.addresses().stream()
        .filter(Ip::isNearBy)
        .map(HostAddress::text)
        .map(
            text ->
                text
                    + " is reached from near by alone: others need the router's, say --address"
                    + " ADDRESS")
        .forEach(advice::add);
    if (target.port() == 0 && target.directPort() == 0) {
      advice.add(target.host() + " listens nowhere: set listen, or say --port PORT");
    }
    return advice.stream();
  }

  /** A comment of a zone file. */
  private void note(String text) {
    Paragraph.lines("; ", text, width()).stream()
        .map(line -> line.startsWith(";") ? line : ";" + line.substring(1))
        .forEach(out::println);
  }
}
