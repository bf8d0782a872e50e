// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.Bytes;

/**
 * Reads the fields of one protobuf message, as generated classes do: unknown fields, and known ones
 * of another wire type, are skipped; a message given in several pieces is merged; invalid UTF-8
 * becomes U+FFFD. Every length is checked against what is there before anything is allocated. Not
 * thread-safe.
 */
final class WireReader {
  /** The longest message that is read at all. */
  static final int MAX_MESSAGE_BYTES = 64 << 20;

  private static final int MAX_PIECES = 100;
  private static final int MAX_GROUP_DEPTH = 64;

  private interface Read<T> {
    T from(CodedInputStream in) throws IOException;
  }

  private final String name;
  private final ByteBuffer content;
  private final int piece;
  private final CodedInputStream in;

  /**
   * @param name the message's name, for errors
   */
  WireReader(String name, Bytes message) throws MalformedMessageException {
    this(name, ByteBuffer.wrap(message.shared()), 1);
    if (message.size() > MAX_MESSAGE_BYTES) {
      throw malformed(message.size() + " bytes are more than " + MAX_MESSAGE_BYTES);
    }
  }

  private WireReader(String name, ByteBuffer content, int piece) {
    this.name = name;
    this.content = content;
    this.piece = piece;
    this.in = CodedInputStream.newInstance(content);
    in.setRecursionLimit(MAX_GROUP_DEPTH);
  }

  /** Reads the next tag: field number times 8 plus wire type; 0 at the end. */
  int tag() throws MalformedMessageException {
    return read(CodedInputStream::readTag);
  }

  long int64() throws MalformedMessageException {
    return read(CodedInputStream::readInt64);
  }

  int int32() throws MalformedMessageException {
    return read(CodedInputStream::readInt32);
  }

  boolean bool() throws MalformedMessageException {
    return read(CodedInputStream::readBool);
  }

  /** Passes over a bool that is there or not; what it says does not count. */
  boolean flag() throws MalformedMessageException {
    bool();
    return true;
  }

  String string() throws MalformedMessageException {
    return read(CodedInputStream::readString);
  }

  Bytes bytes() throws MalformedMessageException {
    return copy(block());
  }

  /** A message within this one. */
  WireReader message(String field) throws MalformedMessageException {
    return new WireReader(field, block(), 1);
  }

  /** Another piece of a message of which there can be only one. */
  WireReader message(String field, @Nullable WireReader earlier) throws MalformedMessageException {
    WireReader last = message(field);
    if (earlier == null) {
      return last;
    }
    if (earlier.piece == MAX_PIECES) {
      throw malformed(field + " is in more than " + MAX_PIECES + " pieces");
    }
    earlier.requireWhole();
    last.requireWhole();
    // Joined bytes are what the protobuf format defines merging by.
    ByteBuffer joined =
        ByteBuffer.allocate(earlier.content.remaining() + last.content.remaining())
            .put(earlier.content.duplicate())
            .put(last.content.duplicate())
            .flip();
    return new WireReader(field, joined, earlier.piece + 1);
  }

  /** Finds faults that would hide once the pieces are joined. */
  private void requireWhole() throws MalformedMessageException {
    WireReader walk = new WireReader(name, content, piece);
    for (int tag = walk.tag(); tag != 0; tag = walk.tag()) {
      walk.skip(tag);
    }
  }

  /** All bytes of this message. */
  Bytes content() {
    return copy(content);
  }

  /** Passes over the value of an unknown field. */
  void skip(int tag) throws MalformedMessageException {
    if (!read(from -> from.skipField(tag))) {
      throw malformed("field " + (tag >>> 3) + " ends a group that has not begun");
    }
  }

  /**
   * Passes over a length and that many bytes; returns these, not copied. The length is checked here
   * so that the error can tell it.
   */
  private ByteBuffer block() throws MalformedMessageException {
    int length = int32();
    int left = in.getBytesUntilLimit();
    if (length < 0 || length > left) {
      throw malformed("a field of " + length + " bytes where " + left + " are left");
    }
    return read(
        from -> {
          int start = from.getTotalBytesRead();
          from.skipRawBytes(length);
          return content.slice(start, length);
        });
  }

  private static Bytes copy(ByteBuffer content) {
    byte[] copy = new byte[content.remaining()];
    content.get(0, copy);
    return Bytes.wrap(copy);
  }

  private <T> T read(Read<T> read) throws MalformedMessageException {
    try {
      return read.from(in);
    } catch (IOException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  /** The value of a required field. */
  <T> T required(@Nullable T value, String field) throws MalformedMessageException {
    if (value == null) {
      throw malformed(field + " is missing");
    }
    return value;
  }

  MalformedMessageException malformed(String what) {
    return new MalformedMessageException(name + ": " + what);
  }
}
