// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The services that are there at this moment. Commands look them up each time they run: a command
 * bundle with a mandatory reference would lose all its commands while one part is swapped.
 */
public interface Services {
  /**
   * A service with its properties.
   *
   * @param service the service
   * @param properties as it was registered
   */
  record Found<T>(T service, Map<String, Object> properties) {}

  /** Every service of a type, the preferred one first. */
  <T> List<Found<T>> all(Class<T> type);

  /** The preferred service of a type, if there is one. */
  default <T> Optional<T> find(Class<T> type) {
    return all(type).stream().findFirst().map(Found::service);
  }

  /**
   * The preferred service of a type.
   *
   * @throws Refusal naming what is missing and what to do
   */
  default <T> T need(Class<T> type) {
    return find(type)
        .orElseThrow(() -> new Refusal(Part.of(type).missing() + "; wave:status shows the rest"));
  }
}
