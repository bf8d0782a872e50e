// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.wavefed.model.id.WaveletName;

/** When an organisation had or saw which version of which wavelet. Thread-safe. */
final class Marks {
  /** What happened. */
  enum What {
    /** A user's key should go down. */
    TYPED,
    /** The user was told that it is written. */
    ANSWERED,
    /** The store of this organisation has said that it is durable. */
    DURABLE,
    /** A watcher of this organisation was told of it. */
    SEEN
  }

  /**
   * One of them.
   *
   * @param nanos by {@link System#nanoTime}, which all processes of one machine share
   */
  record Mark(What what, String wavelet, long version, long nanos) {
    String write() {
      return what + " " + wavelet + " " + version + " " + nanos;
    }

    static Mark read(String line) {
      String[] words = line.split(" ", -1);
      return new Mark(
          What.valueOf(words[0]), words[1], Long.parseLong(words[2]), Long.parseLong(words[3]));
    }
  }

  private final Queue<Mark> all = new ConcurrentLinkedQueue<>();
  private final AtomicInteger seen = new AtomicInteger();

  void add(What what, WaveletName wavelet, long version, long nanos) {
    all.add(new Mark(what, wavelet.toUri(), version, nanos));
    if (what == What.SEEN) {
      seen.incrementAndGet();
    }
  }

  /** How many were seen since the last {@link #flush}. */
  int seen() {
    return seen.get();
  }

  /** Writes them into a file and forgets them. */
  void flush(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Mark mark = all.poll(); mark != null; mark = all.poll()) {
      lines.add(mark.write());
    }
    seen.set(0);
    Files.write(file, lines);
  }
}
