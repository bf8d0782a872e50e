// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;

/**
 * Bounds how many calls are in hand and how many bytes they hold; closing waits for those that are
 * in. A call that finds no place is refused, never kept waiting. Thread-safe.
 */
final class Gate {
  private final String what;
  private final int maxCalls;
  private final int maxBytes;
  private final Semaphore calls;
  private final Semaphore bytes;
  private volatile boolean closed;

  /**
   * @param what what the calls are, for the refusal
   */
  Gate(String what, int maxCalls, int maxBytes) {
    this.what = what;
    this.maxCalls = maxCalls;
    this.maxBytes = maxBytes;
    calls = new Semaphore(maxCalls);
    bytes = new Semaphore(maxBytes);
  }

  /**
   * Takes a place for a call that holds so many bytes; one that holds more than all may, may go in
   * alone.
   *
   * @throws StoreException if closed or full
   */
  void enter(long size) {
    if (closed) {
      throw new StoreException(Reason.UNAVAILABLE, "the store is closed", null);
    }
    if (!calls.tryAcquire()) {
      throw full(maxCalls + " calls");
    }
    if (!bytes.tryAcquire(places(size))) {
      calls.release();
      throw full("calls of " + maxBytes + " bytes");
    }
  }

  /** Gives the place back; the same size as in {@link #enter}. */
  void leave(long size) {
    bytes.release(places(size));
    calls.release();
  }

  /** Lets nobody in any more and waits for those inside; whether all of them have left in time. */
  boolean close(Duration patience) {
    closed = true;
    try {
      return calls.tryAcquire(maxCalls, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private int places(long size) {
    return (int) Math.min(size, maxBytes);
  }

  private StoreException full(String load) {
    return new StoreException(
        Reason.UNAVAILABLE,
        "the store is overloaded: " + load + " are waiting to " + what + " already; try later",
        null);
  }
}
