// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Tells when files have changed and then stayed as they are from one look to the next: a
 * certificate and its key are two files, and whoever renews them writes one after the other. It
 * looks at sizes, times and what links lead to. Thread-safe.
 */
final class FileWatch {
  private record Stamp(FileTime modified, long size, String key) {}

  private List<Path> files = List.of();
  private Map<Path, Stamp> known = Map.of();
  private Map<Path, Stamp> last = Map.of();

  /** Watches these files from now on; before they are read. */
  synchronized void watch(List<Path> newFiles) {
    files = List.copyOf(newFiles);
    known = stamps();
    last = known;
  }

  /** Whether they have changed, and come to rest; said once for each change. */
  synchronized boolean look() {
    Map<Path, Stamp> now = stamps();
    boolean atRest = now.equals(last);
    last = now;
    if (atRest && !now.equals(known)) {
      known = now;
      return true;
    }
    return false;
  }

  private Map<Path, Stamp> stamps() {
    Map<Path, Stamp> stamps = new HashMap<>();
    for (Path file : files) {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.put(
            file,
            new Stamp(found.lastModifiedTime(), found.size(), Objects.toString(found.fileKey())));
      } catch (IOException e) {
        // There is none for now.
        stamps.remove(file);
      }
    }
    return stamps;
  }
}
