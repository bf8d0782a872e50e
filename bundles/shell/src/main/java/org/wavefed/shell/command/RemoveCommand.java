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
import org.wavefed.shell.completer.MemberCompleter;
import org.wavefed.shell.completer.WaveCompleter;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;

/** {@code wave:remove}. */
@Service
@Command(
    scope = "wave",
    name = "remove",
    description = "Removes participants from a wave",
    detailedDescription =
        "All of them are removed, or none. Who is removed keeps what was written so far and learns"
            + " nothing that comes after. A wave can be left by removing oneself.\n"
            + "\n"
            + "Examples:\n"
            + "  wave:remove w+abc bob@initech.example")
public final class RemoveCommand extends UserCommand {
  @Argument(index = 0, name = "wave", required = true, description = WaveCompleter.ARGUMENT)
  @Completion(WaveCompleter.class)
  String wave = "";

  @Argument(
      index = 1,
      name = "participants",
      required = true,
      multiValued = true,
      description = "Who, as wave:show lists them. Example: bob@initech.example")
  @Completion(MemberCompleter.class)
  List<String> participants = List.of();

  @Override
  void run(WaveService waves, ParticipantId user) throws InterruptedException {
    List<ParticipantId> others = Addresses.participants(participants);
    WaveletName name = wavelet(waves, user, wave);
    WaveletSnapshot snapshot = read(waves, user, name);
    List<ParticipantId> present = snapshot.state().participants();
    for (ParticipantId other : others) {
      if (!present.contains(other)) {
        throw new Refusal(other + " is no participant of " + name + ": nothing was changed");
      }
    }
    List<WaveletOperation> operations =
        others.stream().<WaveletOperation>map(WaveletOperation.RemoveParticipant::new).toList();
    Submitted done = Writing.submit(waves, user, name, snapshot, operations, waiting());
    out.println("version " + done.resulting().version());
  }
}
