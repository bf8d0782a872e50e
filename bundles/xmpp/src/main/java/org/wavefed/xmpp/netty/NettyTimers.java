// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.wavefed.xmpp.endpoint.Timers;

/**
 * Timers that run on an I/O thread; at once when it has stopped.
 *
 * @param loop the thread
 */
public record NettyTimers(EventLoop loop) implements Timers {
  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    try {
      Future<?> scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException stopped) {
      task.run();
      return () -> {};
    }
  }
}
