// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.wavefed.xmpp.endpoint.Timers;

/** Time that passes when a test says so. For one thread. */
public final class ManualTimers implements Timers {
  private record Due(long at, Runnable task) {}

  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
  private long now;

  @Override
  public long now() {
    return now;
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    Due one = new Due(now + delay.toNanos(), task);
    due.add(one);
    return () -> due.remove(one);
  }

  public void pass(Duration time) {
    long end = now + time.toNanos();
    while (!due.isEmpty() && due.element().at() <= end) {
      Due next = due.remove();
      now = next.at();
      next.task().run();
    }
    now = end;
  }

  int waiting() {
    return due.size();
  }
}
