// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.shell.Acting;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Services;
import org.wavefed.shell.WaveletLookup;
import org.wavefed.shell.completer.UserCompleter;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletSnapshot;
import org.wavefed.wave.WaveletSummary;

/** A command that acts as a user of this server. */
abstract class UserCommand extends WaveCommand {
  /** More wavelets than people tell apart by name. */
  private static final int KNOWN = 10_000;

  @Option(
      valueToShowInHelp = "",
      name = "--as",
      description =
          "The user of this server in whose name this is done, instead of the session's (see"
              + " wave:as). Example: --as alice@acmewave.example")
  @Completion(UserCompleter.class)
  String as = "";

  @Override
  final void run(Services services) throws InterruptedException {
    WaveService waves = services.need(WaveService.class);
    run(waves, Acting.user(session, as, waves.localDomains()));
  }

  abstract void run(WaveService waves, ParticipantId user) throws InterruptedException;

  /** The wavelet that the user means. */
  final WaveletName wavelet(WaveService waves, ParticipantId user, String typed)
      throws InterruptedException {
    List<WaveletSummary> known = waiting().await(waves.list(user, KNOWN), "the list of waves");
    WaveletName wavelet = new WaveletLookup(known).find(typed);
    Acting.used(session, wavelet);
    return wavelet;
  }

  /** What is told of a wavelet at a version, which need not be there. */
  final <T> T at(long version, WaveletName wavelet, CompletionStage<T> answer)
      throws InterruptedException {
    try {
      return waiting().await(answer, wavelet.toString());
    } catch (Refusal refusal) {
      if (refusal.getCause() instanceof WaveException failure
          && failure.reason() == WaveException.Reason.NO_SUCH_VERSION) {
        throw new Refusal(
            "no change of "
                + wavelet
                + " ended at version "
                + version
                + ": wave:history lists the versions",
            refusal);
      }
      throw refusal;
    }
  }

  final WaveletSnapshot read(WaveService waves, ParticipantId user, WaveletName wavelet)
      throws InterruptedException {
    return waiting().await(waves.read(user, wavelet), wavelet.toString());
  }
}
