// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What can be done with keys. */
@Service
public final class KeysActionCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    answer.put("list", "what is in use and when it expires");
    answer.put("create", "a key and a certificate request");
    answer.put("import", "the chain that came back");
    return answer;
  }
}
