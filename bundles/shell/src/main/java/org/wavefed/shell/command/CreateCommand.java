// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.model.conversation.Blip;
import org.wavefed.model.conversation.Conversation;
import org.wavefed.model.conversation.ConversationWriter;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.shell.Acting;
import org.wavefed.shell.Addresses;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.completer.ParticipantCompleter;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;

/** {@code wave:create}. */
@Service
@Command(
    scope = "wave",
    name = "create",
    description = "Creates a wave, and prints its name",
    detailedDescription =
        "Creates a wave with an empty first message (blip), hosted by the acting user's domain, and"
            + " adds the participants. Users of other domains see it as soon as their server was"
            + " told.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:create\n"
            + "  wave:create --text \"Lunch on Friday?\" bob@initech.example")
public final class CreateCommand extends UserCommand {
  @Option(
      valueToShowInHelp = "",
      name = "-t",
      aliases = "--text",
      description = "What to write into the first message. Example: --text \"Lunch on Friday?\"")
  String text = "";

  @Argument(
      valueToShowInHelp = "",
      name = "participants",
      multiValued = true,
      description =
          "Who else takes part; @domain for everyone there. Example: bob@initech.example"
              + " @acmewave.example")
  @Completion(ParticipantCompleter.class)
  List<String> participants = List.of();

  @Override
  void run(WaveService waves, ParticipantId user) throws InterruptedException {
    ConversationWriter.checked(text);
    List<ParticipantId> others =
        Addresses.participants(participants).stream().filter(Predicate.not(user::equals)).toList();
    WaveletName name = create(waves, user);
    Acting.used(session, name);
    if (!others.isEmpty() || !text.isEmpty()) {
      fill(waves, user, name, others);
    }
    out.println(name);
  }

  private WaveletName create(WaveService waves, ParticipantId user) {
    try {
      return waiting().await(waves.create(user), "the new wave");
    } catch (InterruptedException e) {
      throw Writing.stopped("wave:list", e);
    }
  }

  private void fill(
      WaveService waves, ParticipantId user, WaveletName name, List<ParticipantId> others)
      throws InterruptedException {
    try {
      WaveletSnapshot snapshot = read(waves, user, name);
      Writing.submit(
          waves, user, name, snapshot, operations(snapshot.state(), user, others), waiting());
    } catch (Refusal refusal) {
      throw new Refusal(
          name
              + " was created, but without participants and text: "
              + refusal.line()
              + "; go on with wave:add and wave:write",
          refusal);
    }
  }

  private List<WaveletOperation> operations(
      WaveletState state, ParticipantId user, List<ParticipantId> others) {
    List<WaveletOperation> operations = new ArrayList<>();
    if (!text.isEmpty()) {
      String blip =
          Conversation.read(state)
              .flatMap(conversation -> conversation.blips().stream().findFirst())
              .map(Blip::id)
              .orElseThrow(() -> new Refusal("the new wave has no first message"));
      operations.addAll(new ConversationWriter(state, user).append(blip, text));
    }
    others.forEach(other -> operations.add(new WaveletOperation.AddParticipant(other)));
    return operations;
  }
}
