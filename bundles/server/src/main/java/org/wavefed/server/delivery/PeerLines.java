// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.id.WaveletName;

/** The lines of one peer. Nothing here walks all of them. Guarded by the schedule. */
final class PeerLines {
  /** However often a peer is heard from, it is not tried more often than this after a failure. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

  final String domain;

  /** The lines with something to send, in flight or not. */
  final Map<WaveletName, Line> waiting = new LinkedHashMap<>();

  /** Those of them that may go now, in the order in which they get their turn. */
  private final Set<Line> ready = new LinkedHashSet<>();

  /** Those of them that wait for time to pass. */
  private final TreeSet<Line> delayed =
      new TreeSet<>(
          Comparator.<Line, Instant>comparing(line -> line.notBefore)
              .thenComparing(line -> line.wavelet));

  /** When the schedule looks at this peer again, and in which queue it stands; null if in none. */
  @Nullable Place place;

  int inFlight;
  int failures;
  Instant lastFailure = Instant.EPOCH;
  Instant notBefore = Instant.EPOCH;

  /**
   * A place in the queue of all peers of one standing.
   *
   * @param number tells apart, and puts in order of arrival, those of the same time
   */
  record Place(Standing standing, Instant at, long number) {}

  PeerLines(String domain) {
    this.domain = domain;
  }

  /** How many more updates may go: a peer that does not answer is tried with one first. */
  int room(Standing standing, int most) {
    return (failures == 0 && standing == Standing.UP ? most : 1) - inFlight;
  }

  boolean mayTry(Instant now) {
    return !notBefore.isAfter(now);
  }

  void unreachable(Instant now, Instant nextTry) {
    failures++;
    lastFailure = now;
    notBefore = nextTry;
  }

  void reached() {
    if (failures > 0) {
      forgive();
    }
    failures = 0;
    notBefore = Instant.EPOCH;
  }

  /** The peer gave a sign of life: what waits for time to pass does not wait any longer. */
  void heard(Instant now) {
    if (failures > 0 && notBefore.isAfter(now)) {
      forgive();
      Instant soonest = lastFailure.plus(SHORTEST_PAUSE);
      notBefore = soonest.isAfter(now) ? soonest : Instant.EPOCH;
    }
  }

  /** What the peer did not take before it was away may be welcome now that it is back. */
  private void forgive() {
    List<Line> failed = delayed.stream().filter(line -> line.failures > 0).toList();
    failed.forEach(line -> postpone(line, Instant.EPOCH));
  }

  /**
   * The peer spoke of the line's wavelet, so that what failed may succeed now. Returns whether it
   * waits less long.
   */
  boolean heardOf(Line line, Instant now) {
    Instant soonest = now.plus(SHORTEST_PAUSE);
    boolean waits = line.failures > 0 && line.notBefore.isAfter(soonest) && delayed.contains(line);
    if (waits) {
      postpone(line, soonest);
    }
    return waits;
  }

  private void postpone(Line line, Instant to) {
    delayed.remove(line);
    line.notBefore = to;
    enqueue(line);
  }

  /** Nothing waits for time to pass. */
  void hurry() {
    notBefore = Instant.EPOCH;
    delayed.forEach(line -> line.notBefore = Instant.EPOCH);
    ready.addAll(delayed);
    delayed.clear();
  }

  /** The line has something to send; one that is in the queue keeps its place. */
  void add(Line line) {
    boolean isNew = waiting.putIfAbsent(line.wavelet, line) == null && line.inFlightAs == null;
    if (line.hasNewsInDoubt() && delayed.remove(line)) {
      line.notBefore = Instant.EPOCH;
      enqueue(line);
    } else if (isNew) {
      enqueue(line);
    }
  }

  /** Takes the line out of the queue. */
  void remove(Line line) {
    waiting.remove(line.wavelet);
    ready.remove(line);
    delayed.remove(line);
  }

  /**
   * A line that was in flight goes behind the others, so that a busy wavelet does not keep them
   * waiting.
   */
  void requeue(Line line) {
    remove(line);
    if (line.waits()) {
      waiting.put(line.wavelet, line);
      enqueue(line);
    }
  }

  private void enqueue(Line line) {
    if (line.notBefore.equals(Instant.EPOCH)) {
      ready.add(line);
    } else {
      delayed.add(line);
    }
  }

  /** The next line that may go now, which leaves the queue. */
  Optional<Line> poll(Instant now) {
    while (!delayed.isEmpty() && !delayed.first().notBefore.isAfter(now)) {
      ready.add(delayed.pollFirst());
    }
    Optional<Line> next = ready.stream().findFirst();
    next.ifPresent(ready::remove);
    return next;
  }

  /** When the next update may go, if it does not wait for one in flight. */
  Optional<Instant> nextDue(Standing standing, int most) {
    if (room(standing, most) <= 0 || (ready.isEmpty() && delayed.isEmpty())) {
      return Optional.empty();
    }
    Instant line = ready.isEmpty() ? delayed.first().notBefore : Instant.EPOCH;
    return Optional.of(line.isAfter(notBefore) ? line : notBefore);
  }
}
