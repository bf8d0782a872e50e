// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.federation.Peers;
import org.wavefed.model.id.ParticipantId;

/** The peers known, and the domains of those in the acting user's waves. */
@Service
public final class DomainCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    question
        .services()
        .find(Peers.class)
        .ifPresent(
            peers ->
                peers
                    .list()
                    .forEach(
                        peer ->
                            answer.put(
                                peer.domain(), peer.state().name().toLowerCase(Locale.ROOT))));
    Known known = new Known(question);
    known
        .participants()
        .map(ParticipantId::domain)
        .filter(domain -> !known.localDomains().contains(domain))
        .forEach(domain -> answer.putIfAbsent(domain, ""));
    return answer;
  }
}
