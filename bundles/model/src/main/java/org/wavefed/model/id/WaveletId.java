// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

import java.util.List;
import java.util.Optional;

/**
 * The name of a wavelet: a domain and a local id. Immutable; the constructor applies the legacy
 * rules.
 *
 * @param domain the domain, not empty
 * @param id the local id, not empty
 */
public record WaveletId(String domain, String id) implements Comparable<WaveletId> {
  private static final String CONVERSATION = "conv";
  private static final String USER_DATA = "user";

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
    String[] parts = IdSyntax.splitModern(text);
    return of(parts[0], parts[1]);
  }

  /**
   * Reads {@code domain!id}.
   *
   * @throws InvalidIdException if the text is not of that form, or a part breaks the legacy rules
   */
  public static WaveletId parseLegacy(String text) {
    List<String> parts = IdSyntax.splitLegacy(text);
    return new WaveletId(parts.get(0), parts.get(1));
  }

  /**
   * The id of the user-data wavelet of a participant, in the participant's own domain.
   *
   * @throws InvalidIdException if the address makes no valid id
   */
  public static WaveletId ofUserData(ParticipantId participant) {
    return new WaveletId(
        participant.domain(), USER_DATA + "+" + TildeEscaping.escape(participant.address()));
  }

  /** Whether this names the root conversation of a wave. */
  public boolean isConversationRoot() {
    return id.equals(CONVERSATION + "+root") || id.equals("conversation/root");
  }

  /**
   * Whether this names a conversation; old ones have ids of one token only.
   *
   * @throws InvalidIdException if a token is not properly escaped
   */
  public boolean isConversational() {
    List<String> tokens = TildeEscaping.tokens(id);
    return tokens.size() == 1 || tokens.get(0).isEmpty() || tokens.get(0).equals(CONVERSATION);
  }

  /** Whether this names a user-data wavelet, which never leaves its server. */
  public boolean isUserData() {
    return id.startsWith(USER_DATA + "+");
  }

  /** The address whose user-data wavelet this names. */
  public Optional<String> userDataAddress() {
    List<String> tokens = TildeEscaping.split('+', id);
    return isUserData() && tokens.size() == 2
        ? Optional.of(TildeEscaping.unescape(tokens.get(1)))
        : Optional.empty();
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
  public int compareTo(WaveletId other) {
    int byDomain = domain.compareTo(other.domain);
    return byDomain != 0 ? byDomain : id.compareTo(other.id);
  }

  /** The legacy form. */
  @Override
  public String toString() {
    return toLegacyText();
  }
}
