// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.model.conversation.Blip;
import org.wavefed.shell.Printable;

/** The blips of the wave typed, or of the one used last, each with its first words. */
@Service
public final class BlipCompleter extends Suggestions {
  private static final int WORDS = 40;

  private static void add(List<Blip> blips, Map<String, String> answer) {
    for (Blip blip : blips) {
      answer.put(blip.id(), Printable.cut(Printable.of(blip.text()), WORDS));
      blip.threads().forEach(thread -> add(thread.blips(), answer));
    }
  }

  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    new Known(question).conversation().ifPresent(found -> add(found.blips(), answer));
    return answer;
  }
}
