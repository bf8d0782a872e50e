// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

/**
 * The full name of a wavelet: the wave it belongs to and its own id. The wavelet id's domain is the
 * host, the server that orders the deltas. Immutable.
 */
public record WaveletName(WaveId wave, WaveletId wavelet) implements Comparable<WaveletName> {
  /**
   * Reads the URI form {@code wave://waveletdomain/[wavedomain!]waveid/waveletid}.
   *
   * @throws InvalidIdException if the text is anything else
   */
  public static WaveletName parseUri(String uri) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads what a person types: the URI, or the same without {@code wave://}, with or without the
   * wavelet part (then {@code conv+root}).
   *
   * @throws InvalidIdException if the text is anything else
   */
  public static WaveletName parse(String text) {
    throw new UnsupportedOperationException();
  }

  /** The URI form, as it stands on the wire and under the hash of version 0. */
  public String toUri() {
    return "wave://" + this;
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
    throw new UnsupportedOperationException();
  }
}
