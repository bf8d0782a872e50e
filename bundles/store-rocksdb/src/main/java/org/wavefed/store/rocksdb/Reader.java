// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.RocksDBException;
import org.wavefed.store.StoreException;

/** Reads on threads of its own, a bounded number of calls at a time. Thread-safe. */
final class Reader {
  private static final int THREADS = 2;
  private static final int CALLS_MAX = 10_000;

  private final Database database;
  private final Gate gate = new Gate("be read", CALLS_MAX, 1);
  private final AtomicInteger count = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, task -> new Thread(task, "wavefed-store-read-" + count.incrementAndGet()));

  Reader(Database database) {
    this.database = database;
  }

  /** Something to read from the database. */
  @FunctionalInterface
  interface Query<T> {
    /**
     * Reads it.
     *
     * @throws StoreException if it is not there or damaged
     */
    T run() throws RocksDBException;
  }

  /**
   * Runs a query.
   *
   * @param what what is read, for the failure
   */
  <T> CompletionStage<T> submit(String what, Query<T> query) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      gate.enter(0);
    } catch (StoreException e) {
      answer.completeExceptionally(e);
      return answer;
    }
    threads.execute(() -> run(what, query, answer));
    return answer;
  }

  private <T> void run(String what, Query<T> query, CompletableFuture<T> answer) {
    try {
      answer.complete(query.run());
    } catch (RuntimeException e) {
      // Whatever it was: whoever asked must hear of it.
      answer.completeExceptionally(e);
    } catch (RocksDBException e) {
      answer.completeExceptionally(Failures.of(e, what, database.dir()));
    } finally {
      gate.leave(0);
    }
  }

  /**
   * Refuses further reads and waits for those taken.
   *
   * @return whether nothing is in hand any more
   */
  boolean close(Duration patience) {
    boolean idle = gate.close(patience);
    if (idle) {
      threads.shutdown();
    }
    return idle;
  }
}
