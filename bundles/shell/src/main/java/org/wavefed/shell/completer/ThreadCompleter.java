// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.model.conversation.Blip;

/** The threads of the wave typed, or of the one used last. */
@Service
public final class ThreadCompleter extends Suggestions {
  private static void add(List<Blip> blips, Map<String, String> answer) {
    for (Blip blip : blips) {
      blip.threads()
          .forEach(
              thread -> {
                answer.put(thread.id(), "below " + blip.id());
                add(thread.blips(), answer);
              });
    }
  }

  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    new Known(question).conversation().ifPresent(found -> add(found.blips(), answer));
    return answer;
  }
}
