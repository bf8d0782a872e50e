// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.transport.FederationTransport;

/** The kinds of the transports that are running. */
@Service
public final class TransportKindCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    question
        .services()
        .all(FederationTransport.class)
        .forEach(transport -> answer.put(transport.service().kind(), ""));
    return answer;
  }
}
