// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.wavefed.protocol.LoggedDelta;

/**
 * The newest deltas of a wavelet, up to its head: what a delta made for an earlier version is
 * transformed against, and what peers and watchers mostly want. Deltas that are not durable yet are
 * never dropped. Not thread-safe.
 */
public final class RecentDeltas {
  private final int most;
  private final long mostBytes;
  private final Deque<LoggedDelta> deltas = new ArrayDeque<>();
  private long bytes;

  /**
   * @param most how many durable deltas to keep
   * @param mostBytes and how many bytes of them
   */
  public RecentDeltas(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** Adds the delta that made the head. */
  public void add(LoggedDelta delta) {
    deltas.addLast(delta);
    bytes += delta.applied().size();
  }

  /** Drops the oldest beyond the bound, none that ends after the durable version. */
  public void trim(long durable) {
    while ((deltas.size() > most || bytes > mostBytes)
        && !deltas.isEmpty()
        && deltas.getFirst().resulting().version() <= durable) {
      bytes -= deltas.removeFirst().applied().size();
    }
  }

  /** Forgets the deltas that end after a version. */
  void cutBackTo(long version) {
    while (!deltas.isEmpty() && deltas.getLast().resulting().version() > version) {
      bytes -= deltas.removeLast().applied().size();
    }
  }

  /**
   * The deltas applied at a version and later.
   *
   * @param head the version of the wavelet's head
   * @return empty if the version is older than what is kept, or not between two deltas
   */
  public Optional<List<LoggedDelta>> since(long version, long head) {
    if (version == head) {
      return Optional.of(List.of());
    }
    List<LoggedDelta> newestFirst = new ArrayList<>();
    for (Iterator<LoggedDelta> each = deltas.descendingIterator(); each.hasNext(); ) {
      LoggedDelta delta = each.next();
      long at = delta.appliedAt().version();
      if (at < version) {
        return Optional.empty();
      }
      newestFirst.add(delta);
      if (at == version) {
        Collections.reverse(newestFirst);
        return Optional.of(newestFirst);
      }
    }
    return Optional.empty();
  }

  /** The version that the oldest delta kept was applied at, or the head if none is kept. */
  long start(long head) {
    return deltas.isEmpty() ? head : deltas.getFirst().appliedAt().version();
  }
}
