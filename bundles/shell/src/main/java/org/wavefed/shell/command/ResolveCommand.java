// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.shell.Json;
import org.wavefed.shell.Printable;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Services;
import org.wavefed.shell.Table;
import org.wavefed.shell.Times;
import org.wavefed.transport.ConnectionProbe;
import org.wavefed.transport.ProbeReport;
import org.wavefed.transport.ProbeStep;

/** {@code wave:resolve}. */
@Service
@Command(
    scope = "wave",
    name = "resolve",
    description = "Goes through the steps of connecting to another domain and shows each",
    detailedDescription =
        "Looks the domain up in the DNS, connects to its server, finds its wave service and connects"
            + " to that, with connections that are closed again, and shows what was done, what"
            + " failed, what was not necessary and how long each took. The steps are numbered as in"
            + " the guide from server to server. An answer of the DNS that was validated with DNSSEC"
            + " says so. The last line is the address that would be used, or why there is none; then"
            + " the command fails. It may take two minutes.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:resolve initech.example\n"
            + "  wave:resolve --fresh initech.example\n"
            + "  wave:resolve --json initech.example")
public final class ResolveCommand extends PeerCommand {
  private static final Duration LONGEST = Duration.ofSeconds(150);

  @Option(name = "--fresh", description = "Ask the DNS anew, whatever its cache says")
  boolean fresh;

  @Option(name = "--json", description = "For scripts: everything as JSON, on one line")
  boolean json;

  @Option(name = "--no-format", description = "For scripts: full values, separated by tabs")
  boolean noFormat;

  @Override
  void run(Services services) throws InterruptedException {
    String peer = peer();
    ConnectionProbe probe = services.need(ConnectionProbe.class);
    String local =
        from(services)
            .orElseThrow(
                () ->
                    new Refusal(
                        "no domain of ours is known: say --from DOMAIN, or see wave:status for what"
                            + " is missing"));
    ProbeReport report =
        waiting().atMost(LONGEST).await(probe.probe(local, peer, fresh), "the steps to " + peer);
    if (json) {
      out.println(Json.of(json(report)));
    } else {
      table(report).print(out, !noFormat, width());
    }
    if (report.address().isEmpty()) {
      throw new Refusal(Printable.of(report.conclusion()));
    }
    if (!json && !noFormat) {
      out.println(Printable.of(report.conclusion()));
    }
  }

  private static Table table(ProbeReport report) {
    Table table = new Table("No step was taken.", "STEP", "OUTCOME", "TIME", "WHAT", "DETAIL");
    for (ProbeStep step : report.steps()) {
      table.row(
          step.number(), outcome(step), Table.millis(step.elapsed()), step.what(), step.detail());
    }
    return table;
  }

  private static String outcome(ProbeStep step) {
    return step.outcome().name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> json(ProbeReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("domain", report.peerDomain());
    json.put("reached", report.address().isPresent());
    report.address().ifPresent(address -> json.put("address", address));
    json.put("conclusion", report.conclusion());
    json.put("steps", report.steps().stream().map(ResolveCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(ProbeStep step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", step.number());
    json.put("what", step.what());
    json.put("outcome", outcome(step));
    json.put("detail", step.detail());
    json.put("millis", Times.millis(step.elapsed()));
    return json;
  }
}
