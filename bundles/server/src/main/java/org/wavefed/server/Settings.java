// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is configured and makes sense. Of what does not, one line in the log says the file, the key,
 * the value and what to do, and the value before it goes on counting.
 *
 * @param domains whose users are this server's users
 * @param limits every bound that an operator may set
 */
record Settings(Domains domains, Limits limits) {
  /** Before anything is configured. */
  static final Settings FIRST = new Settings(new Domains(Set.of()), Limits.DEFAULTS);

  private static final Logger log = LoggerFactory.getLogger(Settings.class);

  /**
   * The settings of a configuration.
   *
   * @param values the same as {@code config}, as they came: only they tell which is no number
   */
  Settings next(ServerConfig config, Map<String, ?> values) {
    return new Settings(nextDomains(config), nextLimits(config, values));
  }

  private Domains nextDomains(ServerConfig config) {
    try {
      return Domains.of(List.of(config.domains()));
    } catch (IllegalArgumentException e) {
      log.error("{}; the domains stay {}", e.getMessage(), domains.all());
      return domains;
    }
  }

  private Limits nextLimits(ServerConfig config, Map<String, ?> values) {
    try {
      values.forEach(Settings::requireNumber);
      return Limits.of(config);
    } catch (IllegalArgumentException e) {
      log.error("{}; the limits stay as they were before", e.getMessage());
      return limits;
    }
  }

  private static void requireNumber(String key, Object value) {
    if (!key.startsWith("limits.")) {
      return;
    }
    try {
      Integer.parseInt(String.valueOf(value));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          key + " in etc/org.wavefed.server.cfg must be a whole number, not '" + value + "'", e);
    }
  }
}
