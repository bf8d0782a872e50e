// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.concurrent;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The few threads of the server, whatever the number of wavelets and peers. Thread-safe. */
public final class Threads implements AutoCloseable {
  /** How many signatures may wait; more are refused. */
  private static final int MOST_TO_SIGN = 10_000;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorService workers;
  private final ExecutorService signers;
  private final ExecutorService watchers;
  private final ScheduledThreadPoolExecutor timer;

  /** Starts none yet: each thread starts when it is needed. */
  public Threads() {
    int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
    workers = pool("wavefed-server-worker", cores, Integer.MAX_VALUE);
    signers = pool("wavefed-server-signer", cores, MOST_TO_SIGN);
    watchers = pool("wavefed-server-watcher", 2, Integer.MAX_VALUE);
    timer = new ScheduledThreadPoolExecutor(1, named("wavefed-server-timer"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static ExecutorService pool(String name, int threads, int capacity) {
    return new ThreadPoolExecutor(
        threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(capacity), named(name));
  }

  private static ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** For work on wavelets; mailboxes bound what waits here. */
  public Executor workers() {
    return workers;
  }

  /** For signatures alone; refuses work when too much waits. */
  public Executor signers() {
    return signers;
  }

  /** For calling watchers, who may be slow. */
  public Executor watchers() {
    return watchers;
  }

  /** For waking things up; nothing long may run on it. */
  public ScheduledExecutorService timer() {
    return timer;
  }

  /** Ends all threads, within a bounded time. */
  @Override
  public void close() {
    timer.shutdownNow();
    for (ExecutorService pool : new ExecutorService[] {signers, workers, watchers}) {
      stop(pool);
    }
    stop(timer);
  }

  private static void stop(ExecutorService pool) {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
