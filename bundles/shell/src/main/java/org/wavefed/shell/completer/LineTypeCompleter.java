// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.shell.conversation.Place;

/** The types of lines. */
@Service
public final class LineTypeCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    Place.LINE_TYPES.forEach(type -> answer.put(type, ""));
    return answer;
  }
}
