// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

import java.util.Locale;

/**
 * The address of a participant, {@code name@domain}; {@code @domain} stands for everyone of that
 * domain. Immutable. The constructor takes any text, as operations from the wire do, and only
 * lower-cases it; {@link #of} checks.
 *
 * @param address the lower-cased address
 */
public record ParticipantId(String address) implements Comparable<ParticipantId> {
  /** Lower-cases the address and accepts whatever it is. */
  public ParticipantId {
    address = address.toLowerCase(Locale.ROOT);
  }

  /**
   * Checks and lower-cases an address.
   *
   * @throws InvalidIdException if it is not of the form {@code name@domain} or {@code @domain}
   */
  public static ParticipantId of(String address) {
    throw new UnsupportedOperationException();
  }

  /** The text before the {@code @}; empty for a domain participant. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** The text after the {@code @}; empty if there is none. */
  public String domain() {
    throw new UnsupportedOperationException();
  }

  /** Whether this stands for everyone of its domain ({@code @domain}). */
  public boolean isDomain() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(ParticipantId other) {
    return address.compareTo(other.address);
  }

  @Override
  public String toString() {
    return address;
  }
}
