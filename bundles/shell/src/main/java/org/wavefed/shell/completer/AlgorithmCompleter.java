// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.crypto.SignatureAlgorithm;

/** How a key can sign. */
@Service
public final class AlgorithmCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      answer.put(algorithm.name().toLowerCase(Locale.ROOT).replace('_', '-'), "");
    }
    return answer;
  }
}
