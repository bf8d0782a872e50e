// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

/**
 * The name of a wavelet: a domain and a local id. Immutable; the constructor applies the legacy
 * rules.
 *
 * @param domain the domain, not empty
 * @param id the local id, not empty
 */
public record WaveletId(String domain, String id) implements Comparable<WaveletId> {
  /**
   * @throws InvalidIdException if a part breaks the legacy rules
   */
  public WaveletId {
    IdSyntax.requireLegacy(domain, id);
  }

  /**
   * An id for a new wavelet, held to the modern rules.
   *
   * @throws InvalidIdException if a part breaks the modern rules
   */
  public static WaveletId of(String domain, String id) {
    IdSyntax.requireModern(domain, id);
    return new WaveletId(domain, id);
  }

  /**
   * Reads {@code domain/id}.
   *
   * @throws InvalidIdException if the text is not of that form, or a part breaks the modern rules
   */
  public static WaveletId parseModern(String text) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads {@code domain!id}.
   *
   * @throws InvalidIdException if the text is not of that form, or a part breaks the legacy rules
   */
  public static WaveletId parseLegacy(String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(WaveletId other) {
    int byDomain = domain.compareTo(other.domain);
    return byDomain != 0 ? byDomain : id.compareTo(other.id);
  }
}
