// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The participants of the wave typed before. */
@Service
public final class MemberCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    new Known(question)
        .wave()
        .ifPresent(
            wave -> wave.state().participants().forEach(one -> answer.put(one.address(), "")));
    return answer;
  }
}
