// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The domains that this server serves. */
@Service
public final class LocalDomainCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    new Known(question).localDomains().forEach(domain -> answer.put(domain, ""));
    return answer;
  }
}
