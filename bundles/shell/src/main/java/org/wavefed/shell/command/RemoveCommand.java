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
import org.wavefed.shell.Printable;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.completer.MemberCompleter;

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
public final class RemoveCommand extends MembershipCommand {
  @Argument(
      index = 1,
      name = "participants",
      required = true,
      multiValued = true,
      description = "Who, as wave:show lists them. Example: bob@initech.example")
  @Completion(MemberCompleter.class)
  List<String> participants = List.of();

  /** Whatever the address: others may have let in one that we would not. */
  @Override
  List<ParticipantId> named() {
    participants.forEach(Addresses::refuseOption);
    return participants.stream().map(ParticipantId::new).distinct().toList();
  }

  @Override
  WaveletOperation change(ParticipantId one, boolean isPresent, WaveletName wavelet) {
    if (!isPresent) {
      throw new Refusal(
          Printable.of(one.address())
              + " is no participant of "
              + wavelet
              + ": nothing was changed; wave:show lists them");
    }
    return new WaveletOperation.RemoveParticipant(one);
  }
}
