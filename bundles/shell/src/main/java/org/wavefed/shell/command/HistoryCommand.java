// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Table;
import org.wavefed.shell.Times;
import org.wavefed.shell.completer.WaveCompleter;
import org.wavefed.shell.conversation.ChangeText;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletChange;

/** {@code wave:history}. */
@Service
@Command(
    scope = "wave",
    name = "history",
    description = "Lists who changed what in a wave",
    detailedDescription =
        "One line for each change, oldest first: the version after it, when the host applied it,"
            + " its author and what it did. With --no-format the columns are separated by tabs.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:history w+abc\n"
            + "  wave:history --from 12 -n 20 w+abc")
public final class HistoryCommand extends UserCommand {
  @Option(
      valueToShowInHelp = "",
      name = "--from",
      description = "Begin at this version, one at which a change ended, or 0. Example: --from 12")
  long from;

  @Option(
      name = "-n",
      aliases = "--limit",
      description = "How many changes at most, 1 to 10000. Example: -n 20")
  int limit = 50;

  @Option(name = "--no-format", description = "For scripts: full values, separated by tabs")
  boolean noFormat;

  @Argument(name = "wave", required = true, description = WaveCompleter.ARGUMENT)
  @Completion(WaveCompleter.class)
  String wave = "";

  @Override
  void run(WaveService waves, ParticipantId user) throws InterruptedException {
    if (limit < 1 || limit > 10_000 || from < 0) {
      throw new Refusal("give -n from 1 to 10000 and --from 0 or more");
    }
    WaveletName name = wavelet(waves, user, wave);
    List<WaveletChange> changes = at(from, name, waves.history(user, name, from, limit));
    Table table =
        new Table("No change from version " + from + " on.", "VERSION", "TIME", "AUTHOR", "WHAT");
    Times times = Times.here();
    for (WaveletChange change : changes) {
      table.row(
          change.resulting().version(),
          times.cell(change.timestamp()),
          change.author(),
          ChangeText.of(change.operations()));
    }
    table.print(out, !noFormat, width());
    if (changes.size() == limit && !noFormat) {
      long next = changes.get(limit - 1).resulting().version();
      out.println("There may be more: wave:history --from " + next + " " + wave);
    }
  }
}
