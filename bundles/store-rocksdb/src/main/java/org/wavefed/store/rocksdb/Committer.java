// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatchWithIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.store.StoreException;

/**
 * Writes what is waiting, all that has come meanwhile at once: one batch, one sync, however many
 * wavelets. One thread does it, in the order of the calls; another one gives the answers, in the
 * same order, so that nobody who is told something holds up the next sync. Thread-safe.
 */
final class Committer {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  /** A batch takes no further write when it holds so much: it has to fit the write buffer. */
  private static final long BATCH_BYTES = 4 << 20;

  private static final int WAITING_BYTES_MAX = 64 << 20;

  private final Database database;
  private final Gate gate;

  /** Unbounded in itself: the gate bounds it. */
  private final BlockingQueue<Write> queue = new LinkedBlockingQueue<>();

  private final ExecutorService answers =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "wavefed-store-answer"));
  private final Thread thread = new Thread(this::run, "wavefed-store-commit");

  /** Why the last write failed, empty if it did not. Set by the thread alone. */
  private volatile String refusal = "";

  Committer(Database database, int maxWaiting) {
    this.database = database;
    gate = new Gate("be written", maxWaiting, WAITING_BYTES_MAX);
    thread.start();
  }

  /** Takes a write; its answer tells when it is done, or why not. */
  void submit(Write write) {
    try {
      gate.enter(write.size());
    } catch (StoreException e) {
      write.answer().completeExceptionally(e);
      return;
    }
    queue.add(write);
  }

  /**
   * Refuses further writes and waits for those taken.
   *
   * @return whether nothing is in hand any more
   */
  boolean close(Duration patience) {
    boolean idle = gate.close(patience);
    if (idle) {
      thread.interrupt();
      answers.shutdown();
    }
    return idle;
  }

  private void run() {
    try {
      while (true) {
        commit(nextGroup());
      }
    } catch (InterruptedException e) {
      LOG.debug("closed");
    }
  }

  private List<Write> nextGroup() throws InterruptedException {
    List<Write> group = new ArrayList<>();
    Write write = queue.take();
    long size = 0;
    while (write != null) {
      group.add(write);
      size += write.size();
      write = size < BATCH_BYTES ? queue.poll() : null;
    }
    return group;
  }

  private void commit(List<Write> group) {
    List<@Nullable RuntimeException> failures = new ArrayList<>(group.size());
    try (WriteBatchWithIndex batch = new WriteBatchWithIndex(true)) {
      boolean durable = false;
      for (Write write : group) {
        RuntimeException failure = add(write, batch);
        failures.add(failure);
        durable |= write.durable() && failure == null;
      }
      if (batch.count() > 0) {
        database.write(batch, durable);
        noteWritten();
      }
    } catch (RocksDBException e) {
      // A conflict may have been one with a write that has failed now, so it counts for nothing.
      failures.clear();
      group.forEach(write -> failures.add(Failures.of(e, write.what(), database.dir())));
      noteRefused(e);
    }
    answers.execute(() -> answer(group, failures));
  }

  private @Nullable RuntimeException add(Write write, WriteBatchWithIndex batch) {
    try {
      write.change().addTo(batch);
      return null;
    } catch (RuntimeException e) {
      // Whatever it was: whoever asked must hear of it, and the others must not.
      return e;
    } catch (RocksDBException e) {
      return Failures.of(e, write.what(), database.dir());
    }
  }

  private void answer(List<Write> group, List<@Nullable RuntimeException> failures) {
    for (int i = 0; i < group.size(); i++) {
      RuntimeException failure = failures.get(i);
      if (failure == null) {
        group.get(i).answer().complete(null);
      } else {
        group.get(i).answer().completeExceptionally(failure);
      }
      gate.leave(group.get(i).size());
    }
  }

  private void noteRefused(RocksDBException failure) {
    boolean begins = refusal.isEmpty();
    refusal = String.valueOf(Failures.of(failure, "writing", database.dir()).getMessage());
    if (begins) {
      LOG.error("{}", refusal);
    }
  }

  private void noteWritten() {
    if (!refusal.isEmpty()) {
      LOG.info("the store in {} can be written again", database.dir());
    }
    refusal = "";
  }

  /** Why the last write failed, empty if it did not. */
  String refusal() {
    return refusal;
  }
}
