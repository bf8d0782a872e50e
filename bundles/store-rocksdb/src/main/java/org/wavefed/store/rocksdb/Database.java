// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Statistics;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatchWithIndex;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;

/**
 * A RocksDB database in a directory, with all native objects that go with it. Whoever closes it
 * makes sure that nobody is in a call. Thread-safe apart from that.
 *
 * <p>Memory: the block cache, two write buffers of 8 MiB, and a little for each open file.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private static final long MEBIBYTE = 1 << 20;
  private static final long WRITE_BUFFER_BYTES = 8 * MEBIBYTE;
  private static final int WRITE_BUFFERS = 2;
  private static final int OPEN_FILES_MAX = 256;
  private static final long BLOCK_BYTES = 16 * 1024;
  private static final double BLOOM_BITS_PER_KEY = 10;
  private static final long INFO_LOG_BYTES = MEBIBYTE;
  private static final int INFO_LOGS = 3;

  /** Run from the last to the first. */
  private final Deque<Runnable> closers = new ArrayDeque<>();

  private final Path dir;
  private final RocksDB db;
  private final WriteOptions synced;
  private final WriteOptions unsynced;
  private final ReadOptions reading;

  /**
   * Opens or creates it; repairs the end of its log. A refusal is logged in one line as well: what
   * the container makes of the exception is many.
   *
   * @param statistics counts what is done, in tests
   * @throws StoreException if it cannot be opened: in use, damaged, no disk
   */
  static Database open(Path dir, int blockCacheMebibytes, Optional<Statistics> statistics) {
    try {
      return new Database(dir, blockCacheMebibytes, statistics);
    } catch (StoreException e) {
      LOG.error("the store in {} was not opened: {}", dir, e.getMessage());
      throw e;
    }
  }

  private Database(Path dir, int blockCacheMebibytes, Optional<Statistics> statistics) {
    this.dir = dir;
    NativeLibrary.acquire();
    closers.push(NativeLibrary::release);
    boolean open = false;
    try {
      create(dir);
      closers.push(DirectoryLock.of(dir)::close);
      WriteAheadLogs.in(dir).repairEnd();
      Options options = options(blockCacheMebibytes);
      statistics.ifPresent(options::setStatistics);
      db = own(RocksDB.open(options, dir.toString()));
      synced = own(new WriteOptions().setSync(true));
      unsynced = own(new WriteOptions());
      reading = own(new ReadOptions());
      requireFormat();
      open = true;
    } catch (IOException e) {
      throw new StoreException(
          Reason.UNAVAILABLE, "the store in " + dir + " cannot be opened: " + e, e);
    } catch (RocksDBException e) {
      throw Failures.of(e, "opening the store", dir);
    } finally {
      if (!open) {
        close();
      }
    }
  }

  /** For the server's eyes alone: it holds what people write to each other. */
  private static void create(Path dir) throws IOException {
    if (dir.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(dir);
    }
  }

  private <T extends AbstractNativeReference> T own(T reference) {
    closers.push(reference::close);
    return reference;
  }

  private Options options(int blockCacheMebibytes) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(own(new LRUCache(blockCacheMebibytes * MEBIBYTE)))
            .setCacheIndexAndFilterBlocks(true)
            .setBlockSize(BLOCK_BYTES)
            .setFilterPolicy(own(new BloomFilter(BLOOM_BITS_PER_KEY)));
    return own(new Options())
        .setCreateIfMissing(true)
        .setTableFormatConfig(table)
        .setParanoidChecks(true)
        .setWalRecoveryMode(WALRecoveryMode.AbsoluteConsistency)
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setMaxWriteBufferNumber(WRITE_BUFFERS)
        .setMaxBackgroundJobs(2)
        .setMaxOpenFiles(OPEN_FILES_MAX)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(INFO_LOG_BYTES)
        .setKeepLogFileNum(INFO_LOGS);
  }

  private void requireFormat() throws RocksDBException {
    byte[] format = db.get(Keys.format());
    if (format == null && isEmpty()) {
      db.put(synced, Keys.format(), Keys.FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
      return;
    }
    String found = format == null ? "unknown" : new String(format, StandardCharsets.US_ASCII);
    if (!found.equals(Keys.FORMAT_VERSION)) {
      throw new StoreException(
          Reason.UNAVAILABLE,
          "the data in "
              + dir
              + " is of format "
              + found
              + ", this server reads format "
              + Keys.FORMAT_VERSION
              + ": use the server that wrote it, or another dir",
          null);
    }
  }

  private boolean isEmpty() throws RocksDBException {
    try (RocksIterator first = db.newIterator(reading)) {
      first.seekToFirst();
      first.status();
      return !first.isValid();
    }
  }

  Path dir() {
    return dir;
  }

  byte @Nullable [] get(byte[] key) throws RocksDBException {
    return db.get(reading, key);
  }

  /** The value as it will be when the batch has been written. */
  byte @Nullable [] get(WriteBatchWithIndex batch, byte[] key) throws RocksDBException {
    return batch.getFromBatchAndDB(db, reading, key);
  }

  void write(WriteBatchWithIndex batch, boolean durable) throws RocksDBException {
    db.write(durable ? synced : unsynced, batch);
  }

  /** What a scan does with each row. */
  @FunctionalInterface
  interface Row {
    /** Takes a row; whether to go on. */
    boolean accept(byte[] key, byte[] value);
  }

  /** Goes through the keys from one (inclusive) to another (exclusive). */
  void scan(byte[] from, byte[] until, Row row) throws RocksDBException {
    try (Slice bound = new Slice(until);
        ReadOptions bounded = new ReadOptions().setIterateUpperBound(bound);
        RocksIterator at = db.newIterator(bounded)) {
      at.seek(from);
      while (at.isValid() && row.accept(at.key(), at.value())) {
        at.next();
      }
      at.status();
    }
  }

  /** Frees everything, in an orderly way: the next start has nothing to repair. Idempotent. */
  @Override
  public void close() {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }
}
