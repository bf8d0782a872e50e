// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.configuration.CheckedConfiguration;

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

  private static final String FILE = "org.wavefed.server.cfg";

  /** Reads a configuration; keys that are none are told in the log. */
  static CheckedConfiguration<ServerConfig> read(Map<String, ?> values) {
    var read = CheckedConfiguration.of(ServerConfig.class, FILE, values);
    read.warnings().forEach(log::warn);
    return read;
  }

  /** Those of the start: where a number makes no sense its default counts. */
  static Settings first(CheckedConfiguration<ServerConfig> read) {
    return new Settings(FIRST.nextDomains(read.values()), Limits.of(read.orDefaults(log::error)));
  }

  /** Those of a changed configuration. */
  Settings next(CheckedConfiguration<ServerConfig> read) {
    return new Settings(nextDomains(read.values()), nextLimits(read));
  }

  private Domains nextDomains(ServerConfig config) {
    try {
      return Domains.of(List.of(config.domains()));
    } catch (IllegalArgumentException e) {
      log.error("{}; the domains stay {}", e.getMessage(), domains.all());
      return domains;
    }
  }

  private Limits nextLimits(CheckedConfiguration<ServerConfig> read) {
    try {
      return Limits.of(read.orRefuse());
    } catch (IllegalArgumentException e) {
      log.error("{}; the limits stay as they were before", e.getMessage());
      return limits;
    }
  }
}
