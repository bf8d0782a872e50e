// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.shell.completer.WaveCompleter;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;

/** A command that changes who takes part in a wave: everybody named, or nobody. */
abstract class MembershipCommand extends UserCommand {
  @Argument(index = 0, name = "wave", required = true, description = WaveCompleter.ARGUMENT)
  @Completion(WaveCompleter.class)
  String wave = "";

  @Override
  final void run(WaveService waves, ParticipantId user) throws InterruptedException {
    List<ParticipantId> named = named();
    WaveletName name = wavelet(waves, user, wave);
    WaveletSnapshot snapshot = read(waves, user, name);
    List<ParticipantId> present = snapshot.state().participants();
    List<WaveletOperation> operations =
        named.stream().map(one -> change(one, present.contains(one), name)).toList();
    Submitted done = Writing.submit(waves, user, name, snapshot, operations, waiting());
    out.println("version " + done.resulting().version());
  }

  /** Everybody named, nobody twice. */
  abstract List<ParticipantId> named();

  /**
   * The operation for one of them.
   *
   * @throws org.wavefed.shell.Refusal if there is nothing to change
   */
  abstract WaveletOperation change(ParticipantId one, boolean isPresent, WaveletName wavelet);
}
