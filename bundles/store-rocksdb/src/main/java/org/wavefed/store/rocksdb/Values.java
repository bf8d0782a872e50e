// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;
import org.wavefed.store.StoredDelta;
import org.wavefed.store.StoredSnapshot;

/**
 * The values of the database; numbers are big-endian, their width in bytes is given.
 *
 * <pre>
 *                  +-----------+---------------+------+
 *  hashed version  | version 8 | hash length 4 | hash |
 *                  +-----------+---------------+------+
 *                  +----------------+----------------+------------------+---------+------------------+
 *  delta           | applied at     | resulting      | applied length 4 | applied | transformed      |
 *                  | hashed version | hashed version |                  |         | length 4, or -1  |
 *                  |                |                |                  |         | if none; bytes   |
 *                  +----------------+----------------+------------------+---------+------------------+
 *                  +----------------+------------------+---------+
 *  snapshot        | hashed version | content length 4 | content |
 *                  +----------------+------------------+---------+
 *                  +-----------+
 *  cursor          | version 8 |
 *                  +-----------+
 * </pre>
 */
final class Values {
  private static final int NONE = -1;

  private Values() {}

  static byte[] hashedVersion(HashedVersion at) {
    return put(ByteBuffer.allocate(size(at)), at).array();
  }

  static HashedVersion hashedVersion(byte[] value, Object what) {
    return decode(value, what, Values::hashedVersion);
  }

  static byte[] delta(StoredDelta delta) {
    Optional<Bytes> transformed = delta.transformed();
    ByteBuffer out =
        ByteBuffer.allocate(
            size(delta.appliedAt())
                + size(delta.resulting())
                + size(delta.applied())
                + transformed.map(Values::size).orElse(Integer.BYTES));
    put(put(out, delta.appliedAt()), delta.resulting());
    put(out, delta.applied());
    transformed.ifPresentOrElse(bytes -> put(out, bytes), () -> out.putInt(NONE));
    return out.array();
  }

  static StoredDelta delta(byte[] value, Object what) {
    return decode(
        value,
        what,
        in -> new StoredDelta(hashedVersion(in), hashedVersion(in), bytes(in), optionalBytes(in)));
  }

  static byte[] snapshot(StoredSnapshot snapshot) {
    ByteBuffer out = ByteBuffer.allocate(size(snapshot.version()) + size(snapshot.content()));
    return put(put(out, snapshot.version()), snapshot.content()).array();
  }

  static StoredSnapshot snapshot(byte[] value, Object what) {
    return decode(value, what, in -> new StoredSnapshot(hashedVersion(in), bytes(in)));
  }

  static byte[] cursor(long version) {
    return ByteBuffer.allocate(Long.BYTES).putLong(version).array();
  }

  static long cursor(byte[] value, Object what) {
    return decode(value, what, ByteBuffer::getLong);
  }

  private static int size(HashedVersion at) {
    return Long.BYTES + size(at.historyHash());
  }

  private static int size(Bytes bytes) {
    return Integer.BYTES + bytes.size();
  }

  private static ByteBuffer put(ByteBuffer out, HashedVersion at) {
    return put(out.putLong(at.version()), at.historyHash());
  }

  private static ByteBuffer put(ByteBuffer out, Bytes bytes) {
    return out.putInt(bytes.size()).put(bytes.shared());
  }

  private static HashedVersion hashedVersion(ByteBuffer in) {
    return new HashedVersion(in.getLong(), bytes(in));
  }

  private static Bytes bytes(ByteBuffer in) {
    return bytes(in, in.getInt());
  }

  private static Optional<Bytes> optionalBytes(ByteBuffer in) {
    int length = in.getInt();
    return length == NONE ? Optional.empty() : Optional.of(bytes(in, length));
  }

  private static Bytes bytes(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] content = new byte[length];
    in.get(content);
    return Bytes.wrap(content);
  }

  private static <T> T decode(byte[] value, Object what, Function<ByteBuffer, T> decoder) {
    ByteBuffer in = ByteBuffer.wrap(value);
    try {
      T decoded = decoder.apply(in);
      if (!in.hasRemaining()) {
        return decoded;
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw malformed(what, e);
    }
    throw malformed(what, null);
  }

  private static StoreException malformed(Object what, @Nullable Throwable cause) {
    return new StoreException(
        Reason.CORRUPT, what + ": the value in the store is not of the format", cause);
  }
}
