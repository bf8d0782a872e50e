// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.shell.Printable;
import org.wavefed.shell.WaveletLookup;
import org.wavefed.wave.WaveletSummary;

/** The acting user's waves, each with its title. */
@Service
public final class WaveCompleter extends Suggestions {
  /** What every command says of its argument. */
  public static final String ARGUMENT =
      "The wave: its id, the beginning of it, or its full name, as wave:list shows them. Examples:"
          + " w+abc or acmewave.example/w+abc";

  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    for (WaveletSummary wave : new Known(question).waves()) {
      answer.put(WaveletLookup.shortName(wave.wavelet()), Printable.of(wave.title()));
    }
    return answer;
  }
}
