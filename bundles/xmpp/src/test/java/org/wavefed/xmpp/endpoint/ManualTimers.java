// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that passes when the test says so. */
final class ManualTimers implements Timers {
  private record Task(long at, Runnable action) {}

  private final List<Task> tasks = new ArrayList<>();
  private long now;

  @Override
  public long now() {
    return now;
  }

  @Override
  public Timer schedule(Duration delay, Runnable action) {
    Task task = new Task(now + delay.toNanos(), action);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  int waiting() {
    return tasks.size();
  }

  void pass(Duration time) {
    long end = now + time.toNanos();
    Optional<Task> next = nextBefore(end);
    while (next.isPresent()) {
      now = next.get().at();
      tasks.remove(next.get());
      next.get().action().run();
      next = nextBefore(end);
    }
    now = end;
  }

  private Optional<Task> nextBefore(long end) {
    return tasks.stream().filter(t -> t.at() <= end).min(Comparator.comparingLong(Task::at));
  }
}
