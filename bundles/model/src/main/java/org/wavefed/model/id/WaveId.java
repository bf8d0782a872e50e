// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

import java.util.List;

/**
 * The name of a wave: a domain and a local id. Immutable; the constructor applies the legacy rules.
 *
 * @param domain the domain, not empty
 * @param id the local id, not empty
 */
public record WaveId(String domain, String id) implements Comparable<WaveId> {
  /**
   * @throws InvalidIdException if a part breaks the legacy rules
   */
  public WaveId {
    IdSyntax.requireLegacy(domain, id);
  }

  /**
   * An id for a new wave, held to the modern rules.
   *
   * @throws InvalidIdException if a part breaks the modern rules
   */
  public static WaveId of(String domain, String id) {
    IdSyntax.requireModern(domain, id);
    return new WaveId(domain, id);
  }

  /**
   * Reads {@code domain/id}.
   *
   * @throws InvalidIdException if the text is not of that form, or a part breaks the modern rules
   */
  public static WaveId parseModern(String text) {
    String[] parts = IdSyntax.splitModern(text);
    return of(parts[0], parts[1]);
  }

  /**
   * Reads {@code domain!id}.
   *
   * @throws InvalidIdException if the text is not of that form, or a part breaks the legacy rules
   */
  public static WaveId parseLegacy(String text) {
    List<String> parts = IdSyntax.splitLegacy(text);
    return new WaveId(parts.get(0), parts.get(1));
  }

  /**
   * Reads either form.
   *
   * @throws InvalidIdException if the text is of neither form
   */
  public static WaveId parse(String text) {
    try {
      return parseModern(text);
    } catch (InvalidIdException e) {
      return parseLegacy(text);
    }
  }

  /**
   * The form {@code domain/id}.
   *
   * @throws InvalidIdException if a part breaks the modern rules
   */
  public String toModernText() {
    return IdSyntax.modernText(domain, id);
  }

  /** The form {@code domain!id}. */
  public String toLegacyText() {
    return domain + '!' + id;
  }

  @Override
  public int compareTo(WaveId other) {
    int byDomain = domain.compareTo(other.domain);
    return byDomain != 0 ? byDomain : id.compareTo(other.id);
  }

  /** The modern form if the id has one, else the legacy form. */
  @Override
  public String toString() {
    return IdSyntax.isDomain(domain) && IdSyntax.isLocalId(id) ? toModernText() : toLegacyText();
  }
}
