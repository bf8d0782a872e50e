// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

import java.util.List;

/**
 * The full name of a wavelet: the wave it belongs to and its own id. The wavelet id's domain is the
 * host, the server that orders the deltas. Immutable.
 */
public record WaveletName(WaveId wave, WaveletId wavelet) implements Comparable<WaveletName> {
  private static final String SCHEME = "wave://";
  private static final String SAME_DOMAIN = "~";
  private static final String ROOT = "conv+root";

  /**
   * Reads the URI form {@code wave://waveletdomain/[wavedomain!]waveid/waveletid}.
   *
   * @throws InvalidIdException if the text is anything else
   */
  public static WaveletName parseUri(String uri) {
    if (!uri.startsWith(SCHEME)) {
      throw new InvalidIdException("wavelet name '" + uri + "' does not begin with " + SCHEME);
    }
    String[] parts = IdSyntax.splitPath(uri.substring(SCHEME.length()));
    if (parts.length != 3) {
      throw notOfTheForm(uri);
    }
    return ofParts(uri, parts[0], parts[1], parts[2]);
  }

  /**
   * Reads what a person types: the URI, or the same without {@code wave://}, with or without the
   * wavelet part (then {@code conv+root}).
   *
   * @throws InvalidIdException if the text is anything else
   */
  public static WaveletName parse(String text) {
    String path = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
    String[] parts = IdSyntax.splitPath(path);
    if (parts.length != 2 && parts.length != 3) {
      throw notOfTheForm(text);
    }
    return ofParts(text, parts[0], parts[1], parts.length == 3 ? parts[2] : ROOT);
  }

  private static WaveletName ofParts(String text, String host, String wave, String wavelet) {
    WaveletId waveletId = new WaveletId(host, PercentEncoding.decode(wavelet));
    List<String> waveParts = TildeEscaping.split('!', wave);
    return switch (waveParts.size()) {
      case 1 ->
          new WaveletName(new WaveId(host, PercentEncoding.decode(waveParts.get(0))), waveletId);
      case 2 ->
          new WaveletName(
              new WaveId(waveParts.get(0), PercentEncoding.decode(waveParts.get(1))), waveletId);
      default -> throw notOfTheForm(text);
    };
  }

  private static InvalidIdException notOfTheForm(String text) {
    return new InvalidIdException(
        "wavelet name '" + text + "' is not of the form host/[wavedomain!]waveid/waveletid");
  }

  /**
   * Reads the modern form {@code wavedomain/waveid/waveletdomain/waveletid}, where {@code ~} stands
   * for a wavelet domain that is the wave's.
   *
   * @throws InvalidIdException if the text is anything else
   */
  public static WaveletName parseModern(String text) {
    String[] parts = IdSyntax.splitPath(text);
    if (parts.length != 4 || text.endsWith("/") || parts[2].equals(parts[0])) {
      throw new InvalidIdException(
          "'" + text + "' is not of the form wavedomain/waveid/waveletdomain/waveletid");
    }
    String waveletDomain = parts[2].equals(SAME_DOMAIN) ? parts[0] : parts[2];
    return new WaveletName(WaveId.of(parts[0], parts[1]), WaveletId.of(waveletDomain, parts[3]));
  }

  /**
   * The modern form. The wave id is held to the modern rules, the wavelet id is not.
   *
   * @throws InvalidIdException if the wave id breaks the modern rules
   */
  public String toModernText() {
    String domain = wavelet.domain().equals(wave.domain()) ? SAME_DOMAIN : wavelet.domain();
    return wave.toModernText() + '/' + domain + '/' + wavelet.id();
  }

  /** The URI form, as it stands on the wire and under the hash of version 0. */
  public String toUri() {
    return SCHEME + this;
  }

  /** The domain of the server that hosts the wavelet. */
  public String host() {
    return wavelet.domain();
  }

  @Override
  public int compareTo(WaveletName other) {
    int byWave = wave.compareTo(other.wave);
    return byWave != 0 ? byWave : wavelet.compareTo(other.wavelet);
  }

  /** The URI form without its scheme, which {@link #parse} reads again. */
  @Override
  public String toString() {
    String waveDomain = wave.domain().equals(wavelet.domain()) ? "" : wave.domain() + '!';
    return wavelet.domain()
        + '/'
        + waveDomain
        + PercentEncoding.encode(wave.id())
        + '/'
        + PercentEncoding.encode(wavelet.id());
  }
}
