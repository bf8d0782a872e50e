// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.completer;

import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.wavefed.federation.PeerTransports;

/** The peers for which a transport is pinned, each with its kind. */
@Service
public final class PinnedDomainCompleter extends Suggestions {
  @Override
  Map<String, String> answer(Question question) {
    return question
        .services()
        .find(PeerTransports.class)
        .<Map<String, String>>map(transports -> new TreeMap<>(transports.pins()))
        .orElse(Map.of());
  }
}
