// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.dns.DnsAnswer;
import org.wavefed.dns.DnsResolver;
import org.wavefed.dns.HostAddress;
import org.wavefed.dns.SrvRecord;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Services;
import org.wavefed.shell.Table;
import org.wavefed.shell.zone.Finding;
import org.wavefed.shell.zone.Finding.Verdict;
import org.wavefed.shell.zone.Ip;
import org.wavefed.shell.zone.Offers;
import org.wavefed.shell.zone.Target;
import org.wavefed.shell.zone.ZoneCheck;
import org.wavefed.shell.zone.ZonePlan;

/** {@code wave:dns-check}. */
@Service
@Command(
    scope = "wave",
    name = "dns-check",
    description = "Compares what a domain publishes in the DNS with what it needs",
    detailedDescription =
        "Looks up, past the cache, every record of wave:dns-plan and says for each whether it is ok,"
            + " differs from the plan (which may be meant), is missing, or is wrong: leads others"
            + " nowhere. Published records are shown as dig +short shows them. Fails if anything is"
            + " missing or wrong. The options say what is planned, as for wave:dns-plan.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:dns-check acmewave.example\n"
            + "  wave:dns-check --address 192.0.2.1 --port 15269 acmewave.example")
public final class DnsCheckCommand extends ZoneCommand {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Option(name = "--no-format", description = "For scripts: full values, separated by tabs")
  boolean noFormat;

  @Override
  void run(Services services) throws InterruptedException {
    DnsResolver dns = services.need(DnsResolver.class);
    ZonePlan plan = plan(services);
    if (!Offers.kinds(services).containsKey(plan.domain())) {
      notes.println(
          "no transport here is configured for "
              + plan.domain()
              + ": it is compared with what this server would need for it");
    }
    List<Finding> findings = new ZoneCheck(published(dns, plan)).compare(plan);
    Table table = new Table("Nothing was looked up.", "RECORD", "PUBLISHED", "VERDICT", "ADVICE");
    findings.forEach(
        found ->
            table.row(
                found.record(),
                found.published().isEmpty() ? new Table.Cell("-", "") : found.published(),
                found.verdict().name().toLowerCase(Locale.ROOT),
                found.advice()));
    table.print(out, !noFormat, width());
    long bad =
        findings.stream()
            .filter(f -> f.verdict() == Verdict.MISSING || f.verdict() == Verdict.WRONG)
            .count();
    if (bad > 0) {
      throw new Refusal(
          plan.domain()
              + ": "
              + bad
              + (bad == 1 ? " record is" : " records are")
              + " missing or wrong; wave:dns-plan prints what is needed");
    }
  }

  private Map<String, Set<String>> published(DnsResolver dns, ZonePlan plan)
      throws InterruptedException {
    Map<String, Set<String>> published = new TreeMap<>();
    Set<String> hosts = new TreeSet<>();
    plan.targets().stream().map(Target::host).forEach(hosts::add);
    for (String host : plan.hosts()) {
      for (String service : List.of(ZonePlan.STARTTLS, ZonePlan.DIRECT)) {
        Set<String> there = services(dns, service + host);
        published.put(ZoneCheck.key("SRV", service + host), there);
        there.stream().map(ZoneCheck::target).filter(t -> !t.isEmpty()).forEach(hosts::add);
      }
    }
    for (String host : hosts) {
      addresses(dns, host, published);
    }
    return published;
  }

  private Set<String> services(DnsResolver dns, String name) throws InterruptedException {
    dns.flush(Optional.of(name));
    DnsAnswer<SrvRecord> answer = waiting().await(dns.srv(name, TIMEOUT), "SRV " + name);
    Set<String> there = new TreeSet<>();
    answer
        .records()
        .forEach(
            srv ->
                there.add(
                    srv.priority()
                        + " "
                        + srv.weight()
                        + " "
                        + srv.port()
                        + " "
                        + srv.target()
                        + "."));
    return there;
  }

  private void addresses(DnsResolver dns, String host, Map<String, Set<String>> published)
      throws InterruptedException {
    dns.flush(Optional.of(host));
    DnsAnswer<HostAddress> answer =
        waiting().await(dns.addresses(host, TIMEOUT), "the addresses of " + host);
    for (HostAddress one : answer.records()) {
      published
          .computeIfAbsent(ZoneCheck.key(Ip.type(one.address()), host), key -> new TreeSet<>())
          .add(one.text());
    }
  }
}
