// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;

/**
 * Keeps other processes away from the directory. RocksDB has a lock as well, but takes it when it
 * opens: too late for looking at its files before.
 */
final class DirectoryLock implements AutoCloseable {
  static final String FILE = "wavefed.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, which lasts until {@link #close} or the end of the process.
   *
   * @throws StoreException if somebody has it
   */
  static DirectoryLock of(Path dir) throws IOException {
    FileChannel channel =
        FileChannel.open(dir.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new DirectoryLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw taken(dir, e);
    }
    channel.close();
    throw taken(dir, null);
  }

  private static StoreException taken(Path dir, @Nullable Throwable cause) {
    return new StoreException(
        Reason.UNAVAILABLE,
        "the store in "
            + dir
            + " is in use by another server: stop it, or give this one another dir",
        cause);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
