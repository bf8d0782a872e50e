// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns;

import java.time.Duration;
import java.util.List;

/**
 * What the DNS says of a name.
 *
 * @param <T> the type of its records
 * @param kind whether there are records, and why not
 * @param records the records; empty unless {@code kind} is {@link Kind#FOUND}
 * @param timeToLive for how long the answer may still be used
 * @param authenticated whether the resolver that was asked validated the answer with DNSSEC and the
 *     way to that resolver can be trusted (it is on loopback, or configured as trusted)
 */
public record DnsAnswer<T>(Kind kind, List<T> records, Duration timeToLive, boolean authenticated) {
  /** Whether there are records. */
  public enum Kind {
    /** One or more. */
    FOUND,
    /** The name exists, but has no record of this type (NODATA). */
    NO_RECORDS,
    /** The name does not exist (NXDOMAIN). */
    NO_SUCH_NAME
  }

  /**
   * @throws IllegalArgumentException if records and kind contradict each other
   */
  public DnsAnswer {
    records = List.copyOf(records);
    if (records.isEmpty() == (kind == Kind.FOUND)) {
      throw new IllegalArgumentException(kind + " with " + records.size() + " records");
    }
  }
}
