// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Everybody in the acting user's waves, and the domains known. */
@Service
public final class ParticipantCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    Known known = new Known(question);
    known.participants().forEach(participant -> answer.put(participant.address(), ""));
    known.localDomains().forEach(domain -> answer.put("@" + domain, "everyone of this domain"));
    return answer;
  }
}
