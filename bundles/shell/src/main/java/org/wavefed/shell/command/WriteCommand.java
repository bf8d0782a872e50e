// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.model.conversation.ConversationWriter;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.completer.BlipCompleter;
import org.wavefed.shell.completer.LineTypeCompleter;
import org.wavefed.shell.completer.ThreadCompleter;
import org.wavefed.shell.completer.WaveCompleter;
import org.wavefed.shell.conversation.Place;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;

/** {@code wave:write}. */
@Service
@Command(
    scope = "wave",
    name = "write",
    description = "Writes into a wave: appends to a message, inserts, replies",
    detailedDescription =
        "Without options the text goes to the end of the last message (blip) of the main thread."
            + " Prints the blip that was written to and the wave's new version. What others write"
            + " at the same time is merged; if the host of the wave cannot be reached, the text was"
            + " not accepted and the command says so.\n"
            + "\n"
            + "Options come first: behind the wave's name everything is text. Quote text that has"
            + " several spaces or characters of the shell's own.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:write w+abc \" Yes, at noon.\"\n"
            + "  wave:write --blip b+xyz --at 0 w+abc \"Update: \"\n"
            + "  wave:write --line li w+abc the usual place\n"
            + "  wave:write --reply b+xyz w+abc I am in\n"
            + "  wave:write --new w+abc Next question")
public final class WriteCommand extends UserCommand {
  @Option(
      valueToShowInHelp = "",
      name = "-b",
      aliases = "--blip",
      description =
          "The message to write into, as wave:show names it; without it the last one of the main"
              + " thread. Example: --blip b+xyz")
  @Completion(BlipCompleter.class)
  String blip = "";

  @Option(
      valueToShowInHelp = "",
      name = "--at",
      description =
          "Insert at this place of the message's text, counted in characters from 0, a new line"
              + " counting as one. Example: --at 5")
  int at = Place.END;

  @Option(
      valueToShowInHelp = "",
      name = "-l",
      aliases = "--line",
      description =
          "Begin a new line at the end of the message: text, h1 to h5 for a heading, li for a list"
              + " item. Example: --line li")
  @Completion(LineTypeCompleter.class)
  String line = "";

  @Option(
      valueToShowInHelp = "",
      name = "-r",
      aliases = "--reply",
      description = "Reply to this message in a new thread. Example: --reply b+xyz")
  @Completion(BlipCompleter.class)
  String reply = "";

  @Option(
      valueToShowInHelp = "",
      name = "--thread",
      description = "Add a message to this thread, as wave:show names it. Example: --thread t+xyz")
  @Completion(ThreadCompleter.class)
  String thread = "";

  @Option(name = "-n", aliases = "--new", description = "Add a message to the main thread")
  boolean fresh;

  @Argument(index = 0, name = "wave", required = true, description = WaveCompleter.ARGUMENT)
  @Completion(WaveCompleter.class)
  String wave = "";

  @Argument(
      index = 1,
      name = "text",
      required = true,
      multiValued = true,
      description = "What to write; several words are joined by spaces. Example: Yes, at noon")
  List<String> words = List.of();

  @Override
  void run(WaveService waves, ParticipantId user) throws InterruptedException {
    refuseMisplacedOptions();
    Place place = Place.of(blip, at, line, reply, thread, fresh);
    String text = ConversationWriter.checked(String.join(" ", words));
    if (text.isEmpty() && place.needsText()) {
      throw new Refusal(
          "the text is empty: nothing to write; --line, --reply, --thread or --new"
              + " make an empty one");
    }
    WaveletName name = wavelet(waves, user, wave);
    WaveletSnapshot snapshot = read(waves, user, name);
    Place.Written written = place.write(snapshot.state(), user, text, Writing::newId);
    Submitted done = Writing.submit(waves, user, name, snapshot, written.operations(), waiting());
    out.println(written.blipId() + "\tversion " + done.resulting().version());
  }

  private void refuseMisplacedOptions() {
    String first = words.isEmpty() ? "" : words.get(0);
    if (first.matches("--(as|blip|at|line|reply|thread|new)(=.*)?")) {
      throw new Refusal(
          first
              + " stands behind the wave's name, where everything is text: put options first, or"
              + " quote the whole text to write just that");
    }
  }
}
