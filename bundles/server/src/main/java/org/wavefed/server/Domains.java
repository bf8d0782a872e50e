// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.wavefed.model.id.IdSyntax;

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

  /**
   * The domains of a configured list; blanks are dropped. A configuration file gives its whole
   * value as one name, so names are also separated by commas here.
   *
   * @throws IllegalArgumentException with one line for the operator, if one cannot have users
   */
  public static Domains of(List<String> names) {
    Set<String> all = new LinkedHashSet<>();
    for (String name : String.join(",", names).split(",", -1)) {
      String domain = name.strip().toLowerCase(Locale.ROOT);
      if (!domain.isEmpty()) {
        all.add(checked(domain));
      }
    }
    return new Domains(all);
  }

  private static String checked(String domain) {
    if (!IdSyntax.isDomain(domain)) {
      throw new IllegalArgumentException(
          "domains in etc/org.wavefed.server.cfg: '" + domain + "' is not a domain name");
    }
    return domain;
  }

  /** Whether a domain is one of ours. */
  public boolean isLocal(String domain) {
    return all.contains(domain);
  }
}
