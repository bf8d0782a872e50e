// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.wavefed.model.Bytes;

/** Writes protobuf fields in the order of the calls. Not thread-safe. */
final class WireWriter {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;

  private byte[] buffer;
  private int size;

  /**
   * @param expectedSize how many bytes will be written, roughly
   */
  WireWriter(int expectedSize) {
    buffer = new byte[Math.max(16, expectedSize)];
  }

  Bytes toBytes() {
    return Bytes.wrap(size == buffer.length ? buffer : Arrays.copyOf(buffer, size));
  }

  void number(int field, long value) {
    varint(field << 3 | VARINT);
    varint(value);
  }

  void bool(int field, boolean value) {
    number(field, value ? 1 : 0);
  }

  void string(int field, String value) {
    byte[] encoded = value.getBytes(UTF_8);
    block(field, encoded, encoded.length);
  }

  void bytes(int field, Bytes value) {
    block(field, value.shared(), value.size());
  }

  private void block(int field, byte[] content, int length) {
    varint(field << 3 | LENGTH_DELIMITED);
    varint(length);
    reserve(length);
    System.arraycopy(content, 0, buffer, size, length);
    size += length;
  }

  /**
   * Starts a message within this one.
   *
   * @return what {@link #end} wants
   */
  int begin(int field) {
    varint(field << 3 | LENGTH_DELIMITED);
    reserve(1);
    return ++size;
  }

  /** Ends the message: its length gets the one byte kept for it, or as many as it needs. */
  void end(int begin) {
    int length = size - begin;
    int extra = varintSize(length) - 1;
    if (extra > 0) {
      reserve(extra);
      System.arraycopy(buffer, begin, buffer, begin + extra, length);
    }
    size = begin - 1;
    varint(length);
    size += length;
  }

  private void varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  private static int varintSize(int value) {
    return Math.max(1, (38 - Integer.numberOfLeadingZeros(value)) / 7);
  }

  private void reserve(int count) {
    if (buffer.length - size < count) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, Math.addExact(size, count)));
    }
  }
}
