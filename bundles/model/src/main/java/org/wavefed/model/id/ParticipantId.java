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
    int at = address.indexOf('@');
    if (at < 0 || at == address.length() - 1 || address.indexOf('@', at + 1) >= 0) {
      throw new InvalidIdException("address '" + address + "' is not of the form name@domain");
    }
    return new ParticipantId(address);
  }

  /**
   * Checks and lower-cases an address that is to be added to a wavelet now. What wavelets have
   * already may be looser, so this is not for reading.
   *
   * @throws InvalidIdException if {@link #of} refuses it, it has blanks or control characters, or
   *     its domain is none that could ever be reached (RFC 1035, section 2.3.4: 253 characters,
   *     parts of 63)
   */
  public static ParticipantId toAdd(String address) {
    ParticipantId participant = of(address);
    if (participant.address.chars().anyMatch(ParticipantId::isInvisible)) {
      throw new InvalidIdException("the address has blanks or control characters");
    }
    if (!IdSyntax.isHostName(participant.domain())) {
      throw new InvalidIdException("what stands behind the @ is not a domain name");
    }
    return participant;
  }

  /** Also what turns the direction of text, so that an address looks like another. */
  private static boolean isInvisible(int c) {
    return Character.isISOControl(c)
        || Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }

  /** The text before the first {@code @}; empty for a domain participant. */
  public String name() {
    int at = address.indexOf('@');
    return at < 0 ? address : address.substring(0, at);
  }

  /**
   * The text after the last {@code @}. For an address that {@link #of} would refuse: what stands
   * before the {@code @}s that it ends with, as deployed servers have it.
   */
  public String domain() {
    int end = address.length();
    while (end > 0 && address.charAt(end - 1) == '@') {
      end--;
    }
    return address.substring(address.lastIndexOf('@', end - 1) + 1, end);
  }

  /** Whether this stands for everyone of its domain ({@code @domain}). */
  public boolean isDomain() {
    return address.length() > 1 && address.lastIndexOf('@') == 0;
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
