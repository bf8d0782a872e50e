// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.nio.file.Path;
import java.util.List;
import org.wavefed.configuration.FileStamps;

/**
 * Tells when files have changed and then stayed as they are from one look to the next: a
 * certificate and its key are two files, and whoever renews them writes one after the other.
 * Thread-safe.
 */
final class FileWatch {
  private List<Path> files = List.of();
  private FileStamps known = FileStamps.of(files);
  private FileStamps last = known;

  /** Watches these files from now on; before they are read. */
  synchronized void watch(List<Path> newFiles) {
    files = List.copyOf(newFiles);
    known = FileStamps.of(files);
    last = known;
  }

  /** Whether they have changed, and come to rest; said once for each change. */
  synchronized boolean look() {
    FileStamps now = FileStamps.of(files);
    boolean atRest = now.equals(last);
    last = now;
    if (atRest && !now.equals(known)) {
      known = now;
      return true;
    }
    return false;
  }
}
