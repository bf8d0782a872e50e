// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatchWithIndex;

/**
 * A change that waits to be written.
 *
 * @param what what it does and to what, for the refusal
 * @param size about how many bytes it holds
 * @param durable whether it must be on disk before it is answered
 * @param change adds itself to a batch
 * @param answer completed when it is written, or has failed
 */
record Write(
    String what,
    long size,
    boolean durable,
    Change change,
    CompletableFuture<@Nullable Void> answer) {
  /** What a write puts into a batch. */
  @FunctionalInterface
  interface Change {
    /**
     * Reads what it depends on, as it is with the batch, and then adds to the batch.
     *
     * @throws org.wavefed.store.StoreException if it cannot be done; nothing was added then
     */
    void addTo(WriteBatchWithIndex batch) throws RocksDBException;
  }
}
