// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.netty;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A timer that is set once at a time. Used by one thread. */
final class OneTimer {
  private @Nullable Future<?> running;
  private long due;

  /** Runs the task after so many nanoseconds, unless it runs sooner already. */
  void within(long nanos, EventExecutor executor, Runnable task) {
    long at = System.nanoTime() + nanos;
    if (running == null || at - due < 0) {
      cancel();
      due = at;
      running =
          executor.schedule(
              () -> {
                running = null;
                task.run();
              },
              nanos,
              TimeUnit.NANOSECONDS);
    }
  }

  void cancel() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }
}
