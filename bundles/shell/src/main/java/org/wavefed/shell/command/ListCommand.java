// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Table;
import org.wavefed.shell.Times;
import org.wavefed.shell.WaveletLookup;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSummary;

/** {@code wave:list}. */
@Service
@Command(
    scope = "wave",
    name = "list",
    description = "Lists the waves that the acting user takes part in, newest change first",
    detailedDescription =
        "The first column is what other commands take as the name of the wave. With --no-format:"
            + " full name, version, time of the last change, host, title, participants, separated"
            + " by tabs.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:list\n"
            + "  wave:list --as bob@initech.example -n 5 --no-format")
public final class ListCommand extends UserCommand {
  @Option(
      name = "-n",
      aliases = "--limit",
      description = "How many at most, 1 to 10000. Example: -n 5")
  int limit = 100;

  @Option(name = "--no-format", description = "For scripts: full values, separated by tabs")
  boolean noFormat;

  @Override
  void run(WaveService waves, ParticipantId user) throws InterruptedException {
    if (limit < 1 || limit > 10_000) {
      throw new Refusal("-n " + limit + ": give a number from 1 to 10000");
    }
    List<WaveletSummary> found = waiting().await(waves.list(user, limit), "the list of waves");
    Table table =
        new Table(
                user + " takes part in no wave yet: wave:create makes one",
                "WAVE",
                "VERSION",
                "CHANGED",
                "HOST",
                "TITLE",
                "PARTICIPANTS")
            .cut("HOST", "TITLE", "PARTICIPANTS");
    Times times = Times.here();
    for (WaveletSummary wave : found) {
      table.row(
          new Table.Cell(WaveletLookup.shortName(wave.wavelet()), wave.wavelet().toString()),
          wave.version().version(),
          times.brief(Instant.ofEpochMilli(wave.lastModified())),
          new Table.Cell(wave.hosted() ? "here" : wave.wavelet().host(), wave.wavelet().host()),
          wave.title(),
          wave.participants().stream().map(Object::toString).collect(Collectors.joining(", ")));
    }
    table.print(out, !noFormat, width());
    if (found.size() == limit && !noFormat) {
      out.println("There may be more than " + limit + ": -n shows more.");
    }
  }
}
