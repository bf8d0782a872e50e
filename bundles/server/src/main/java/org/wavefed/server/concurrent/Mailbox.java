// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.concurrent;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other, in the order in which they were offered, on threads of a shared
 * pool. It is in the pool's queue at most once, and gives way after {@link #TURN} tasks. A full
 * mailbox takes nothing. Thread-safe.
 */
public final class Mailbox {
  private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

  /** How many tasks run before the others in the pool get their turn. */
  private static final int TURN = 64;

  private final Executor pool;
  private final int capacity;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

  /**
   * @param pool where the tasks run
   * @param capacity how many may wait
   */
  public Mailbox(Executor pool, int capacity) {
    this.pool = pool;
    this.capacity = capacity;
  }

  /** Adds a task; false if the mailbox is full. */
  public boolean offer(Runnable task) {
    return add(task, false);
  }

  /**
   * Adds a task that ends what an earlier one began, even if the mailbox is full. The caller bounds
   * how many of these there can be.
   */
  public void put(Runnable task) {
    add(task, true);
  }

  private boolean add(Runnable task, boolean evenIfFull) {
    synchronized (tasks) {
      if (!evenIfFull && tasks.size() >= capacity) {
        return false;
      }
      tasks.add(task);
      if (running) {
        return true;
      }
      running = true;
    }
    pool.execute(this::drain);
    return true;
  }

  private void drain() {
    for (int i = 0; i < TURN; i++) {
      Runnable task = next();
      if (task == null) {
        return;
      }
      run(task);
    }
    pool.execute(this::drain);
  }

  private @Nullable Runnable next() {
    synchronized (tasks) {
      Runnable task = tasks.poll();
      running = task != null;
      return task;
    }
  }

  /** Also after an Error, such as a class that is missing while bundles change, others go on. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error bug) {
      log.error("a task failed unexpectedly; the next ones go on", bug);
    }
  }
}
