// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.wavefed.transport.s2s.establish.Connector.Connection;
import org.wavefed.xmpp.endpoint.Timers;

/**
 * Connects to the first of several endpoints that answers: each is begun when the one before it has
 * failed or has had a quarter of a second (RFC 8305, 5). Used once.
 */
final class Race<S> {
  private static final Duration HEAD_START = Duration.ofMillis(250);

  /**
   * Who won.
   *
   * @param remaining those that were not begun or not finished
   */
  record Won<S>(Endpoint endpoint, Connection<S> connection, List<Endpoint> remaining) {}

  private final Connector<S> connector;
  private final Timers timers;
  private final Journal journal;
  private final int number;
  private final CompletableFuture<Won<S>> result = new CompletableFuture<>();

  /** Guarded by this, as all below. */
  private final Deque<Endpoint> waiting;

  private final Map<Endpoint, CompletableFuture<Connection<S>>> running = new LinkedHashMap<>();
  private Timers.@Nullable Timer timer;
  private boolean over;

  Race(
      Connector<S> connector,
      Timers timers,
      Journal journal,
      int number,
      Collection<Endpoint> endpoints) {
    this.connector = connector;
    this.timers = timers;
    this.journal = journal;
    this.number = number;
    this.waiting = new ArrayDeque<>(endpoints);
  }

  CompletableFuture<Won<S>> run() {
    beginNext();
    return result;
  }

  private void beginNext() {
    Endpoint next;
    CompletableFuture<Connection<S>> attempt = new CompletableFuture<>();
    synchronized (this) {
      next = over ? null : waiting.poll();
      if (next == null) {
        return;
      }
      running.put(next, attempt);
      cancelTimer();
      if (!waiting.isEmpty()) {
        timer = timers.schedule(HEAD_START, this::beginNext);
      }
    }
    Journal.Entry entry = journal.begin(number, "connect " + next);
    CompletableFuture<Connection<S>> connecting = connector.connect(next);
    attempt.whenComplete((connection, given) -> connecting.cancel(false));
    connecting.whenComplete(
        (connection, failure) -> {
          if (failure == null) {
            connected(next, connection, entry);
          } else {
            failed(next, failure, entry);
          }
        });
  }

  private void connected(Endpoint endpoint, Connection<S> connection, Journal.Entry entry) {
    List<CompletableFuture<Connection<S>>> losers;
    List<Endpoint> remaining;
    synchronized (this) {
      running.remove(endpoint);
      if (over) {
        connection.close();
        return;
      }
      over = true;
      cancelTimer();
      losers = List.copyOf(running.values());
      remaining = new java.util.ArrayList<>(running.keySet());
      remaining.addAll(waiting);
    }
    entry.done("connected");
    losers.forEach(loser -> loser.cancel(false));
    result.complete(new Won<>(endpoint, connection, remaining));
  }

  private void failed(Endpoint endpoint, Throwable failure, Journal.Entry entry) {
    boolean last;
    synchronized (this) {
      running.remove(endpoint);
      if (over) {
        return;
      }
      last = running.isEmpty() && waiting.isEmpty();
      over = last;
    }
    entry.failed(failure);
    if (last) {
      result.completeExceptionally(failure);
    } else {
      beginNext();
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
