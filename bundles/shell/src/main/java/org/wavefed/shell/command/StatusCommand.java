// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.osgi.framework.Bundle;
import org.wavefed.shell.Services;
import org.wavefed.shell.StatusReport;
import org.wavefed.shell.Table;

/** {@code wave:status}. */
@Service
@Command(
    scope = "wave",
    name = "status",
    description = "Shows the parts of this server, whether they work, and what is missing",
    detailedDescription =
        "One line for each domain, transport, store, key and bundle, and for the peers together;"
            + " below it what is missing and what to do. With --no-format: part, what, state,"
            + " separated by tabs; a missing part has the state missing.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:status\n"
            + "  wave:status --no-format")
public final class StatusCommand extends WaveCommand {
  @Option(name = "--no-format", description = "For scripts: full values, separated by tabs")
  boolean noFormat;

  @Override
  void run(Services services) {
    StatusReport report = StatusReport.of(services);
    Table table = new Table("", "PART", "WHAT", "STATE");
    Stream.concat(report.lines().stream(), bundleLines())
        .forEach(line -> table.row(line.part(), line.what(), line.state()));
    if (noFormat) {
      report.missing().forEach(line -> table.row("missing", line, "missing"));
    }
    table.print(out, !noFormat, width());
    if (!noFormat) {
      report.missing().forEach(line -> out.println("missing: " + line));
    }
  }

  private Stream<StatusReport.Line> bundleLines() {
    List<Bundle> all = Arrays.asList(bundles.getBundles());
    return all.stream()
        .filter(bundle -> String.valueOf(bundle.getSymbolicName()).startsWith("org.wavefed."))
        .sorted(Comparator.comparing(Bundle::getSymbolicName))
        .map(
            bundle ->
                new StatusReport.Line(
                    "bundle",
                    bundle.getSymbolicName() + " " + bundle.getVersion(),
                    state(bundle.getState())));
  }

  private static String state(int state) {
    return switch (state) {
      case Bundle.ACTIVE -> "active";
      case Bundle.RESOLVED -> "stopped";
      case Bundle.INSTALLED -> "does not resolve";
      default -> "starting or stopping";
    };
  }
}
