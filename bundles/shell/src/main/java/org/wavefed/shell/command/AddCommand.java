// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.shell.Addresses;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.completer.ParticipantCompleter;
import org.wavefed.shell.completer.WaveCompleter;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;

/** {@code wave:add}. */
@Service
@Command(
    scope = "wave",
    name = "add",
    description = "Adds participants to a wave",
    detailedDescription =
        "All of them are added, or none. Users of other domains see the wave as soon as their server was"
            + " told; @domain adds everyone of a domain.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:add w+abc bob@initech.example\n"
            + "  wave:add --as alice@acmewave.example w+abc @initech.example")
public final class AddCommand extends UserCommand {
  @Argument(index = 0, name = "wave", required = true, description = WaveCompleter.ARGUMENT)
  @Completion(WaveCompleter.class)
  String wave = "";

  @Argument(
      index = 1,
      name = "participants",
      required = true,
      multiValued = true,
      description = "Who; @domain for everyone there. Example: bob@initech.example")
  @Completion(ParticipantCompleter.class)
  List<String> participants = List.of();

  @Override
  void run(WaveService waves, ParticipantId user) throws InterruptedException {
    List<ParticipantId> others = Addresses.participants(participants);
    WaveletName name = wavelet(waves, user, wave);
    WaveletSnapshot snapshot = read(waves, user, name);
    List<ParticipantId> present = snapshot.state().participants();
    for (ParticipantId other : others) {
      if (present.contains(other)) {
        throw new Refusal(other + " is already a participant of " + name + ": nothing was changed");
      }
    }
    List<WaveletOperation> operations =
        others.stream().<WaveletOperation>map(WaveletOperation.AddParticipant::new).toList();
    Submitted done = Writing.submit(waves, user, name, snapshot, operations, waiting());
    out.println("version " + done.resulting().version());
  }
}
