// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.wavefed.configuration.FileStamps;

/**
 * Tells whether files, or files directly in folders, have changed since it was made. It looks at
 * most once in an interval. Thread-safe.
 */
final class FileWatch {
  private final List<Path> paths;
  private final long interval;
  private final FileStamps seen;
  private final AtomicLong next;

  FileWatch(List<Path> paths, Duration interval) {
    this.paths = List.copyOf(paths);
    this.interval = interval.toNanos();
    this.seen = FileStamps.of(paths);
    this.next = new AtomicLong(System.nanoTime() + this.interval);
  }

  boolean changed() {
    long now = System.nanoTime();
    long due = next.get();
    return now - due >= 0
        && next.compareAndSet(due, now + interval)
        && !FileStamps.of(paths).equals(seen);
  }
}
