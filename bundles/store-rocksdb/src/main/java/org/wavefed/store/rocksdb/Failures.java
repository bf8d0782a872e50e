// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;

/** Says what RocksDB has to say in the words of the store, in one line. */
final class Failures {
  private Failures() {}

  /**
   * @param what what was being done, and to what
   * @param dir where the database is
   */
  static StoreException of(RocksDBException e, String what, Path dir) {
    Status status = e.getStatus();
    if (status != null && status.getSubCode() == Status.SubCode.NoSpace) {
      return new StoreException(
          Reason.UNAVAILABLE,
          what
              + " failed: the disk of "
              + dir
              + " is full. Make room: writing goes on by itself some seconds later",
          e);
    }
    String detail = what + " failed: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    if (status != null && status.getCode() == Status.Code.Corruption) {
      return new StoreException(
          Reason.CORRUPT,
          detail + " (damaged data in " + dir + ": check the disk, restore from a backup)",
          e);
    }
    return new StoreException(
        Reason.UNAVAILABLE,
        detail + " (if this stays: check the disk of " + dir + ", then restart the store)",
        e);
  }
}
