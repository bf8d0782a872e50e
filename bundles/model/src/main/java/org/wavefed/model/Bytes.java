// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model;

import java.util.Arrays;
import java.util.Base64;

/**
 * An immutable string of bytes, compared by content. Signed and hashed bytes travel in it, so that
 * nobody can change them on the way. Thread-safe.
 */
public final class Bytes {
  /** The empty string of bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Copies the given array. */
  public static Bytes copyOf(byte[] content) {
    return content.length == 0 ? EMPTY : new Bytes(content.clone());
  }

  /**
   * Takes the given array without copying it. The caller must never change it afterwards.
   *
   * @param content an array that nobody else writes to
   */
  public static Bytes wrap(byte[] content) {
    return content.length == 0 ? EMPTY : new Bytes(content);
  }

  /** The number of bytes. */
  public int size() {
    return content.length;
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return content.clone();
  }

  /**
   * The bytes themselves, for reading only: whoever writes to this array breaks every holder of
   * this value.
   */
  public byte[] shared() {
    return content;
  }

  /** The bytes in padded standard base64, on one line. */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** Base64, for logs. */
  @Override
  public String toString() {
    return toBase64();
  }
}
