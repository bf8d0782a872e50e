// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.Append;

/**
 * The steps of one wavelet that are not durable yet, in order: those of the append that is on its
 * way, then those that wait for the next. Not thread-safe: the wavelet's mailbox alone touches it.
 */
final class PendingSteps {
  /** How many deltas go in one append. */
  private static final int MOST_PER_APPEND = 500;

  private final Deque<Step> waiting = new ArrayDeque<>();
  private List<Step> inFlight = List.of();

  void add(Step step) {
    waiting.add(step);
  }

  boolean isNoneWaiting() {
    return waiting.isEmpty();
  }

  /** How many wait for the append on its way to end. */
  int waiting() {
    return waiting.size();
  }

  /** The append of those that wait, which are on their way from now on. */
  Append next(WaveletName name, HashedVersion durable) {
    List<Step> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < MOST_PER_APPEND) {
      batch.add(waiting.remove());
    }
    inFlight = batch;
    return new Append(
        name,
        durable,
        batch.stream().map(step -> Deltas.toStored(step.delta())).toList(),
        batch.stream().map(Step::newCursors).flatMap(Collection::stream).toList());
  }

  /** Those that were on their way and are durable now. */
  List<Step> landed() {
    List<Step> batch = inFlight;
    inFlight = List.of();
    return batch;
  }

  /** All of them, none of which will ever be durable. */
  List<Step> lost() {
    List<Step> lost = new ArrayList<>(landed());
    lost.addAll(waiting);
    waiting.clear();
    return lost;
  }

  /**
   * Completes when the last of them is durable.
   *
   * @param durable what is durable now, if there is none
   */
  CompletionStage<TrackedCopy> settled(TrackedCopy durable) {
    Step last = waiting.peekLast();
    if (last != null) {
      return last.durable();
    }
    return inFlight.isEmpty()
        ? CompletableFuture.completedStage(durable)
        : inFlight.get(inFlight.size() - 1).durable();
  }
}
