// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The wave provider domains of this server.
 *
 * @param all lower case, the default one first
 */
public record Domains(Set<String> all) {
  /** Keeps the order. */
  public Domains {
    all = Collections.unmodifiableSet(new LinkedHashSet<>(all));
  }

  /** The domains of a configured list; blanks are dropped. */
  public static Domains of(List<String> names) {
    Set<String> all = new LinkedHashSet<>();
    for (String name : names) {
      String domain = name.strip().toLowerCase(Locale.ROOT);
      if (!domain.isEmpty()) {
        all.add(domain);
      }
    }
    return new Domains(all);
  }

  /** Whether a domain is one of ours. */
  public boolean isLocal(String domain) {
    return all.contains(domain);
  }
}
