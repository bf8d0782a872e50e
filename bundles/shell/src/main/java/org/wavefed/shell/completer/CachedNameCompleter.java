// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.dns.DnsResolver;

/** The names that the DNS was asked for lately. */
@Service
public final class CachedNameCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) throws InterruptedException {
    Map<String, String> answer = new TreeMap<>();
    question
        .services()
        .find(DnsResolver.class)
        .ifPresent(
            dns ->
                dns.cached()
                    .forEach(
                        cached ->
                            answer.merge(
                                cached.name(), cached.type(), (one, more) -> one + ", " + more)));
    return answer;
  }
}
