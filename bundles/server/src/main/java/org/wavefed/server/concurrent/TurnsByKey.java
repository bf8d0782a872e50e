// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.concurrent;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** {@link Turns} for each of many keys; one for which nothing runs costs nothing. Thread-safe. */
public final class TurnsByKey<K> {
  private final Executor pool;
  private final int capacity;
  private final Map<K, Turns> turns = new ConcurrentHashMap<>();

  /**
   * @param pool where each turn begins
   * @param capacity how many may wait for each key
   */
  public TurnsByKey(Executor pool, int capacity) {
    this.pool = pool;
    this.capacity = capacity;
  }

  /** The outcome of the work once it had its turn; empty if too many wait for the key already. */
  public <T> Optional<CompletionStage<T>> take(K key, Supplier<? extends CompletionStage<T>> work) {
    AtomicReference<Optional<CompletionStage<T>>> taken = new AtomicReference<>(Optional.empty());
    turns.compute(
        key,
        (same, there) -> {
          Turns line = there == null ? new Turns(pool, capacity) : there;
          taken.set(line.take(work));
          return line;
        });
    return taken.get().map(outcome -> outcome.whenComplete((value, failure) -> dropIfIdle(key)));
  }

  private void dropIfIdle(K key) {
    turns.computeIfPresent(key, (same, line) -> line.isIdle() ? null : line);
  }
}
