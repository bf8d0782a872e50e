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
    boolean damaged = status != null && status.getCode() == Status.Code.Corruption;
    String detail = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    return new StoreException(
        damaged ? Reason.CORRUPT : Reason.UNAVAILABLE,
        what + " failed: " + (damaged ? "damaged data in " + dir + ": " : "") + detail,
        e);
  }
}
