// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.model.conversation.Conversation;
import org.wavefed.model.document.Document;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.shell.Printable;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Times;
import org.wavefed.shell.completer.WaveCompleter;
import org.wavefed.shell.conversation.ConversationPage;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;

/** {@code wave:show}. */
@Service
@Command(
    scope = "wave",
    name = "show",
    description = "Shows a wave as a person reads it",
    detailedDescription =
        "Shows who takes part and the messages (blips), each under its id and its authors; headings"
            + " begin with #, list items with *, replies are indented below what they answer.\n"
            + "\n"
            + "Two servers whose copies have the same version and history hash (--hash) have the"
            + " same history.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:show w+abc\n"
            + "  wave:show --xml w+abc\n"
            + "  wave:show --version 12 acmewave.example/w+abc\n"
            + "  wave:show --hash --no-format w+abc")
public final class ShowCommand extends UserCommand {
  private static final long NEWEST = -1;

  @Option(name = "-x", aliases = "--xml", description = "Show the documents as XML instead")
  boolean xml;

  @Option(
      valueToShowInHelp = "",
      name = "-v",
      aliases = "--version",
      description =
          "Show it as it was at this version, one at which a change ended; wave:history lists them."
              + " Example: --version 12")
  long version = NEWEST;

  @Option(name = "--hash", description = "Show the version and the history hash alone")
  boolean hash;

  @Option(
      name = "--no-format",
      description = "For scripts: nothing is wrapped, columns are separated by tabs")
  boolean noFormat;

  @Argument(name = "wave", required = true, description = WaveCompleter.ARGUMENT)
  @Completion(WaveCompleter.class)
  String wave = "";

  @Override
  void run(WaveService waves, ParticipantId user) throws InterruptedException {
    WaveletName name = wavelet(waves, user, wave);
    WaveletSnapshot snapshot = snapshot(waves, user, name);
    if (hash) {
      showHash(snapshot);
    } else if (xml) {
      showXml(snapshot.state());
    } else {
      showConversation(snapshot);
    }
  }

  private WaveletSnapshot snapshot(WaveService waves, ParticipantId user, WaveletName name)
      throws InterruptedException {
    if (version == NEWEST) {
      return read(waves, user, name);
    }
    if (version < 0) {
      throw new Refusal("--version " + version + ": versions are counted from 0");
    }
    return at(version, name, waves.readAt(user, name, version));
  }

  private void showHash(WaveletSnapshot snapshot) {
    String number = Long.toString(snapshot.version().version());
    String text = snapshot.version().historyHash().toBase64();
    out.println(noFormat ? number + "\t" + text : "version " + number + ", history hash " + text);
  }

  private void showXml(WaveletState state) {
    for (String id : state.documentIds()) {
      out.println("<!-- " + Printable.of(id) + " -->");
      String text = state.document(id).map(Document::toXml).orElse("");
      text.lines().map(Printable::of).forEach(out::println);
    }
  }

  private void showConversation(WaveletSnapshot snapshot) {
    WaveletState state = snapshot.state();
    out.println(state.name());
    out.println(
        "version "
            + snapshot.version().version()
            + ", changed "
            + Times.here().cell(state.lastModifiedTime()).shown());
    out.println("participants: " + participants(state));
    out.println();
    Conversation.read(state)
        .map(conversation -> ConversationPage.lines(conversation, noFormat ? 0 : width()))
        .orElseGet(() -> List.of("There is no conversation in this wavelet; --xml shows what is."))
        .forEach(out::println);
  }

  private static String participants(WaveletState state) {
    return state.participants().isEmpty()
        ? "none"
        : state.participants().stream()
            .map(participant -> Printable.of(participant.address()))
            .collect(Collectors.joining(", "));
  }
}
