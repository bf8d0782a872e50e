// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;

/**
 * All write-ahead log files of a database that nobody has open, in their order: together one log,
 * of which only the end may be torn.
 */
final class WriteAheadLogs {
  private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLogs.class);

  private final List<WriteAheadLog> logs;

  private WriteAheadLogs(List<WriteAheadLog> logs) {
    this.logs = logs;
  }

  static WriteAheadLogs in(Path dir) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return new WriteAheadLogs(
          files
              .filter(file -> file.getFileName().toString().matches("\\d{1,18}\\.log"))
              .sorted(Comparator.comparingLong(WriteAheadLogs::number))
              .map(WriteAheadLog::new)
              .toList());
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  /**
   * Cuts off what a crash left half written.
   *
   * @throws StoreException if there is damage before the end
   */
  void repairEnd() throws IOException {
    for (int i = 0; i < logs.size(); i++) {
      OptionalLong bad = logs.get(i).firstBadRecord();
      if (bad.isPresent()) {
        List<WriteAheadLog> later = logs.subList(i + 1, logs.size());
        requireNothingAfter(logs.get(i), bad.getAsLong(), later);
        cut(logs.get(i), bad.getAsLong());
        for (WriteAheadLog log : later) {
          cut(log, 0);
        }
        return;
      }
    }
  }

  private static void requireNothingAfter(WriteAheadLog log, long offset, List<WriteAheadLog> later)
      throws IOException {
    boolean damaged = log.hasRecordAfter(offset);
    for (WriteAheadLog next : later) {
      damaged |= next.hasRecord();
    }
    if (damaged) {
      throw new StoreException(
          Reason.CORRUPT,
          "damaged data in "
              + log.file()
              + " at byte "
              + offset
              + ", with good records after it. Nothing was changed: restore the directory from a"
              + " backup, or check the disk",
          null);
    }
  }

  private static void cut(WriteAheadLog log, long offset) throws IOException {
    long dropped = log.truncate(offset);
    if (dropped > 0) {
      LOG.warn(
          "{} ended with a write that was never finished: dropped {} bytes at byte {}",
          log.file(),
          dropped,
          offset);
    }
  }
}
