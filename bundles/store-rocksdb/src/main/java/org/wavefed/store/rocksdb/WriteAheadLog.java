// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * One of RocksDB's write-ahead log files, as far as telling a torn end from damage takes. RocksDB
 * itself, told to tolerate a torn end, would not say that there was one, and none of its modes
 * minds zeros in the middle of a file; told to be absolute, it refuses both. So the end is repaired
 * here, and then RocksDB is told to be absolute.
 *
 * <p>A file is a sequence of blocks of 32 KiB. A record is cut into fragments that do not cross
 * blocks; fewer than seven bytes at the end of a block are filled with zeros. The format is that of
 * RocksDB's wiki, "Write Ahead Log File Format"; numbers are little-endian:
 *
 * <pre>
 *  +---------------------+----------+--------+---------+
 *  | masked CRC-32C 4    | length 2 | type 1 | payload |
 *  | of type and payload |          |        |         |
 *  +---------------------+----------+--------+---------+
 *  type: 1 all of a record, 2 its first fragment, 3 one in the middle, 4 its last
 * </pre>
 *
 * <p>Every append is synced before it is answered. So what a crash can tear is only what comes
 * after the last answer: where a bad record has no good one after it, nobody was told of it. Where
 * there is one, it is damage.
 */
final class WriteAheadLog {
  private static final int BLOCK = 32 * 1024;
  private static final int HEADER = 7;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;
  private static final long NONE = -1;
  private static final int CRC_MASK = 0xa282ead8;

  private final Path file;

  WriteAheadLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** Where the first record that is not whole begins; empty if all are. */
  OptionalLong firstBadRecord() throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer block = block();
      long recordStart = NONE;
      for (long at = 0; read(in, at, block); at += BLOCK) {
        int position = 0;
        while (hasHeader(block, position)) {
          int type = type(block, position);
          boolean expected = type > LAST || starts(type) == (recordStart == NONE);
          if (!expected || !whole(block, position)) {
            return badAt(recordStart, at + position);
          }
          if (type == FIRST) {
            recordStart = at + position;
          } else if (type == LAST) {
            recordStart = NONE;
          }
          position = end(block, position);
        }
        if (position < block.limit() && block.limit() < BLOCK) {
          return badAt(recordStart, at + position);
        }
      }
      return recordStart == NONE ? OptionalLong.empty() : OptionalLong.of(recordStart);
    }
  }

  private static OptionalLong badAt(long recordStart, long position) {
    return OptionalLong.of(recordStart == NONE ? position : recordStart);
  }

  /** Whether a good record begins after the bad one at an offset. */
  boolean hasRecordAfter(long offset) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer block = block();
      int position = offset == NONE ? 0 : (int) (offset % BLOCK);
      long blockStart = offset == NONE ? 0 : offset - position;
      for (long at = blockStart; read(in, at, block); at += BLOCK) {
        while (hasHeader(block, position)) {
          boolean whole = whole(block, position);
          if (whole && starts(type(block, position)) && at + position > offset) {
            return true;
          }
          // A length in damaged data says nothing: the next record may begin at any byte.
          position = whole ? end(block, position) : position + 1;
        }
        position = 0;
      }
      return false;
    }
  }

  /** Whether there is any good record. */
  boolean hasRecord() throws IOException {
    return hasRecordAfter(NONE);
  }

  /** Cuts the file off; how many bytes that drops. */
  long truncate(long offset) throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long dropped = out.size() - offset;
      out.truncate(offset);
      out.force(true);
      return dropped;
    }
  }

  private static ByteBuffer block() {
    return ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean read(FileChannel in, long at, ByteBuffer block) throws IOException {
    block.clear();
    int count = 0;
    while (block.hasRemaining() && count >= 0) {
      count = in.read(block, at + block.position());
    }
    block.flip();
    return block.hasRemaining();
  }

  private static boolean hasHeader(ByteBuffer block, int position) {
    return block.limit() - position >= HEADER;
  }

  private static boolean whole(ByteBuffer block, int position) {
    int end = end(block, position);
    if (end > block.limit() || type(block, position) == 0) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(block.array(), position + HEADER - 1, end - position - HEADER + 1);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
    return masked == block.getInt(position);
  }

  private static int end(ByteBuffer block, int position) {
    return position + HEADER + Short.toUnsignedInt(block.getShort(position + 4));
  }

  private static int type(ByteBuffer block, int position) {
    return Byte.toUnsignedInt(block.get(position + 6));
  }

  private static boolean starts(int type) {
    return type == FULL || type == FIRST;
  }
}
