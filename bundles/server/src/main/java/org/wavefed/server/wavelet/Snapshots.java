// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.server.concurrent.Mailbox;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.store.DeltaStore;

/**
 * Stores snapshots of one wavelet, one at a time; losing one loses nothing. Not thread-safe: the
 * wavelet's mailbox alone touches it.
 */
final class Snapshots {
  private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

  private final DeltaStore store;
  private final Executor pool;
  private final Mailbox mailbox;
  private long newest;
  private boolean storing;

  /**
   * @param newest the version of the one that is stored, 0 if there is none
   * @param pool where snapshots are written
   * @param mailbox the wavelet's
   */
  Snapshots(long newest, DeltaStore store, Executor pool, Mailbox mailbox) {
    this.newest = newest;
    this.store = store;
    this.pool = pool;
    this.mailbox = mailbox;
  }

  boolean isStoring() {
    return storing;
  }

  /** Stores one if at least so many operations came since the last; completes when that is over. */
  CompletionStage<?> store(TrackedCopy copy, int operations) {
    if (storing || copy.version().version() - newest < operations) {
      return CompletableFuture.completedStage(null);
    }
    storing = true;
    return CompletableFuture.supplyAsync(() -> SnapshotCodec.write(copy), pool)
        .thenCompose(snapshot -> store.putSnapshot(copy.copy().name(), snapshot))
        .whenComplete((nothing, failure) -> mailbox.put(() -> stored(copy, failure)));
  }

  private void stored(TrackedCopy copy, @Nullable Throwable failure) {
    storing = false;
    if (failure == null) {
      newest = copy.version().version();
    } else {
      log.warn("no snapshot of {}: {}", copy.copy().name(), Stages.cause(failure).getMessage());
    }
  }
}
