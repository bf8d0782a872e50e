// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether files, or files directly in folders, have changed since it was made. It looks at
 * most once in an interval, and then at names, sizes and times alone. Thread-safe.
 */
final class FileWatch {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  private record Stamp(FileTime modified, long size, String key) {}

  private final List<Path> paths;
  private final long interval;
  private final Map<Path, Stamp> seen;
  private final AtomicLong next;

  FileWatch(List<Path> paths, Duration interval) {
    this.paths = List.copyOf(paths);
    this.interval = interval.toNanos();
    this.seen = stamps();
    this.next = new AtomicLong(System.nanoTime() + this.interval);
  }

  boolean changed() {
    long now = System.nanoTime();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + interval) && !stamps().equals(seen);
  }

  private Map<Path, Stamp> stamps() {
    Map<Path, Stamp> stamps = new HashMap<>();
    for (Path path : paths) {
      add(path, stamps);
      if (Files.isDirectory(path)) {
        try (Stream<Path> files = Files.list(path)) {
          files.forEach(file -> add(file, stamps));
        } catch (IOException e) {
          LOG.debug("{} cannot be listed", path, e);
        }
      }
    }
    return stamps;
  }

  private static void add(Path file, Map<Path, Stamp> stamps) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      stamps.put(
          file,
          new Stamp(found.lastModifiedTime(), found.size(), Objects.toString(found.fileKey())));
    } catch (IOException e) {
      stamps.remove(file);
    }
  }
}
