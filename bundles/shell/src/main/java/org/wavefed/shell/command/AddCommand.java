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
import org.wavefed.shell.completer.NewcomerCompleter;

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
public final class AddCommand extends MembershipCommand {
  @Argument(
      index = 1,
      name = "participants",
      required = true,
      multiValued = true,
      description = "Who; @domain for everyone there. Example: bob@initech.example")
  @Completion(NewcomerCompleter.class)
  List<String> participants = List.of();

  @Override
  List<ParticipantId> named() {
    return Addresses.participants(participants);
  }

  @Override
  WaveletOperation change(ParticipantId one, boolean isPresent, WaveletName wavelet) {
    if (isPresent) {
      throw new Refusal(one + " is already a participant of " + wavelet + ": nothing was changed");
    }
    return new WaveletOperation.AddParticipant(one);
  }
}
