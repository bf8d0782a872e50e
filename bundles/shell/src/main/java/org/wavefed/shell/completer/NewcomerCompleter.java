// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Map;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Those whom {@link ParticipantCompleter} offers who are not in the wave typed before. */
@Service
public final class NewcomerCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new ParticipantCompleter().answer(question);
    new Known(question)
        .wave()
        .ifPresent(
            wave ->
                wave.state().participants().forEach(present -> answer.remove(present.address())));
    return answer;
  }
}
