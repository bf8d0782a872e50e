// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.Bytes;

/**
 * Reads the fields of one protobuf message, as generated classes do: unknown fields, and known ones
 * of another wire type, are skipped; a message given in several pieces is merged; invalid UTF-8
 * becomes U+FFFD. Every length is checked against what is there before anything is allocated.
 */
final class WireReader {
  /** The longest message that is read at all. */
  static final int MAX_MESSAGE_BYTES = 64 << 20;

  private static final int MAX_PIECES = 100;
  private static final int MAX_GROUP_DEPTH = 64;
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int START_GROUP = 3;
  private static final int END_GROUP = 4;
  private static final int FIXED32 = 5;

  private final String name;
  private final byte[] buffer;
  private final int start;
  private final int end;
  private final int piece;
  private int position;

  /**
   * @param name the message's name, for errors
   */
  WireReader(String name, Bytes message) throws MalformedMessageException {
    this(name, message.shared(), 0, message.size(), 1);
    if (message.size() > MAX_MESSAGE_BYTES) {
      throw malformed(message.size() + " bytes are more than " + MAX_MESSAGE_BYTES);
    }
  }

  private WireReader(String name, byte[] buffer, int start, int end, int piece) {
    this.name = name;
    this.buffer = buffer;
    this.start = start;
    this.end = end;
    this.piece = piece;
    this.position = start;
  }

  /** Reads the next tag: field number times 8 plus wire type; 0 at the end. */
  int tag() throws MalformedMessageException {
    if (position == end) {
      return 0;
    }
    int tag = int32();
    if (tag >>> 3 == 0) {
      throw malformed("a field has the number 0");
    }
    return tag;
  }

  long int64() throws MalformedMessageException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (position == end) {
        throw malformed("cut off within a number");
      }
      byte next = buffer[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("a number has more than 10 bytes");
  }

  int int32() throws MalformedMessageException {
    if (position < end && buffer[position] >= 0) {
      return buffer[position++];
    }
    return (int) int64();
  }

  boolean bool() throws MalformedMessageException {
    return int64() != 0;
  }

  /** Passes over a bool that is there or not; what it says does not count. */
  boolean flag() throws MalformedMessageException {
    int64();
    return true;
  }

  String string() throws MalformedMessageException {
    int from = block();
    return new String(buffer, from, position - from, UTF_8);
  }

  Bytes bytes() throws MalformedMessageException {
    int from = block();
    return Bytes.wrap(Arrays.copyOfRange(buffer, from, position));
  }

  /** A message within this one. */
  WireReader message(String field) throws MalformedMessageException {
    int from = block();
    return new WireReader(field, buffer, from, position, 1);
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
    int size = earlier.end - earlier.start + last.end - last.start;
    byte[] joined = Arrays.copyOfRange(earlier.buffer, earlier.start, earlier.start + size);
    System.arraycopy(
        buffer, last.start, joined, earlier.end - earlier.start, last.end - last.start);
    return new WireReader(field, joined, 0, size, earlier.piece + 1);
  }

  /** Finds faults that would hide once the pieces are joined. */
  private void requireWhole() throws MalformedMessageException {
    WireReader walk = new WireReader(name, buffer, start, end, piece);
    for (int tag = walk.tag(); tag != 0; tag = walk.tag()) {
      walk.skip(tag);
    }
  }

  /** All bytes of this message. */
  Bytes content() {
    return Bytes.wrap(Arrays.copyOfRange(buffer, start, end));
  }

  /** Passes over the value of an unknown field. */
  void skip(int tag) throws MalformedMessageException {
    skip(tag, 0);
  }

  private void skip(int tag, int depth) throws MalformedMessageException {
    switch (tag & 7) {
      case VARINT -> int64();
      case FIXED64 -> advance(8);
      case LENGTH_DELIMITED -> block();
      case START_GROUP -> skipGroup(tag, depth + 1);
      case FIXED32 -> advance(4);
      default -> throw malformed("field " + (tag >>> 3) + " has the wire type " + (tag & 7));
    }
  }

  private void skipGroup(int startTag, int depth) throws MalformedMessageException {
    if (depth > MAX_GROUP_DEPTH) {
      throw malformed("groups are nested more than " + MAX_GROUP_DEPTH + " deep");
    }
    int endTag = startTag - START_GROUP + END_GROUP;
    for (int tag = tag(); tag != endTag; tag = tag()) {
      if (tag == 0) {
        throw malformed("cut off within field " + (startTag >>> 3));
      }
      skip(tag, depth);
    }
  }

  /** Passes over a length and that many bytes; returns where they start. */
  private int block() throws MalformedMessageException {
    int length = int32();
    int from = position;
    advance(length);
    return from;
  }

  private void advance(int count) throws MalformedMessageException {
    if (count < 0 || count > end - position) {
      throw malformed("a field of " + count + " bytes where " + (end - position) + " are left");
    }
    position += count;
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
