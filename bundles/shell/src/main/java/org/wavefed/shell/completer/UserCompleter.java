// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.shell.Acting;

/** Users of this server, as far as the acting user's waves show them. */
@Service
public final class UserCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    Known known = new Known(question);
    Acting.sessionUser(question.session())
        .ifPresent(user -> answer.put(user, "this session's user"));
    known
        .participants()
        .filter(user -> !user.isDomain() && known.localDomains().contains(user.domain()))
        .forEach(user -> answer.putIfAbsent(user.address(), ""));
    return answer;
  }
}
