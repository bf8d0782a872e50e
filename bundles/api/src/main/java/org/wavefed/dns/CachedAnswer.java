// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns;

import java.time.Duration;

/**
 * A line of the cache, for operators.
 *
 * @param name the name that was asked for
 * @param type {@code SRV}, {@code A} or {@code AAAA}
 * @param answer the records, or why there are none, in one line
 * @param timeToLive for how long it may still be used
 * @param authenticated as in {@link DnsAnswer}
 */
public record CachedAnswer(
    String name, String type, String answer, Duration timeToLive, boolean authenticated) {
  /** An answer that nobody validated. */
  public CachedAnswer(String name, String type, String answer, Duration timeToLive) {
    this(name, type, answer, timeToLive, false);
  }
}
