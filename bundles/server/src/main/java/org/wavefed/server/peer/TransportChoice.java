// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.peer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.wavefed.federation.PeerTransports.Reason;
import org.wavefed.federation.PeerTransports.Use;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.Route;

/**
 * Decides over which kind of transport a peer is called, as {@link
 * org.wavefed.federation.PeerTransports} says, from how calls went. The {@link PeerBook#MOST}
 * routes last used are remembered. Thread-safe.
 *
 * <p>Two servers that reach each other both ways must not chase each other from one to the other:
 * while a way answers us, at least once within {@link #SETTLED}, calls that come another way change
 * nothing.
 */
public final class TransportChoice {
  /** For how long an answer over one way outweighs calls that come another way. */
  static final Duration SETTLED = Duration.ofMinutes(1);

  static final Comparator<Route> BY_PEER =
      Comparator.comparing(Route::peerDomain).thenComparing(Route::localDomain);

  private final Clock clock;
  private final Map<Route, Memory> memories = PeerBook.bounded();
  private volatile Map<String, String> pins = Map.of();

  /**
   * How calls on a route went.
   *
   * @param heard the kind over which the peer last answered or called; empty if it did not
   * @param answered when it last answered us over that kind
   * @param failed kinds over which it could not be reached since, the oldest failure first
   */
  private record Memory(String heard, Instant answered, List<String> failed) {
    static final Memory NONE = new Memory("", Instant.EPOCH, List.of());

    Memory answeredOver(String kind, Instant now) {
      return new Memory(kind, now, without(kind));
    }

    Memory calledOver(String kind, Instant now) {
      boolean settled =
          !heard.isEmpty()
              && !failed.contains(heard)
              && Duration.between(answered, now).compareTo(SETTLED) < 0;
      return settled || kind.equals(heard)
          ? new Memory(heard, answered, without(kind))
          : new Memory(kind, Instant.EPOCH, without(kind));
    }

    Memory failedOver(String kind) {
      List<String> more = without(kind);
      more.add(kind);
      return new Memory(heard, answered, more);
    }

    private List<String> without(String kind) {
      List<String> rest = new ArrayList<>(failed);
      rest.remove(kind);
      return rest;
    }
  }

  /** Nothing is known yet. */
  public TransportChoice(Clock clock) {
    this.clock = clock;
  }

  /** Sets the pinned kinds, by peer domain. */
  public void pin(Map<String, String> kinds) {
    pins = Map.copyOf(kinds);
  }

  /** The pinned kinds, by peer domain. */
  public Map<String, String> pins() {
    return pins;
  }

  /**
   * How to call next.
   *
   * @param kinds those that serve the domain of ours now, the preferred one first
   */
  public Use next(Route route, List<String> kinds) {
    Memory memory = memory(route);
    String pinned = pins.get(route.peerDomain());
    if (pinned != null) {
      return use(route, Optional.of(pinned), kinds, memory, Reason.PINNED);
    }
    if (kinds.isEmpty()) {
      return use(route, Optional.empty(), kinds, memory, Reason.NONE);
    }
    if (kinds.contains(memory.heard) && !memory.failed.contains(memory.heard)) {
      return use(route, Optional.of(memory.heard), kinds, memory, Reason.HEARD);
    }
    Optional<String> untried =
        kinds.stream().filter(kind -> !memory.failed.contains(kind)).findFirst();
    if (untried.isPresent()) {
      boolean first = untried.get().equals(kinds.get(0));
      return use(route, untried, kinds, memory, first ? Reason.FIRST : Reason.OTHERS_FAILED);
    }
    Optional<String> oldest = memory.failed.stream().filter(kinds::contains).findFirst();
    return use(
        route, oldest, kinds, memory, kinds.size() == 1 ? Reason.FIRST : Reason.OTHERS_FAILED);
  }

  private static Use use(
      Route route, Optional<String> kind, List<String> kinds, Memory memory, Reason reason) {
    boolean there = kind.filter(kinds::contains).isPresent();
    return new Use(
        route.localDomain(), route.peerDomain(), kind, there ? reason : Reason.NONE, memory.failed);
  }

  /** The peer answered a call of ours. */
  public void answered(Route route, String kind) {
    change(route, memory -> memory.answeredOver(kind, clock.instant()));
  }

  /** The peer, authenticated, called us. */
  public void called(Route route, String kind) {
    if (!kind.isEmpty()) {
      change(route, memory -> memory.calledOver(kind, clock.instant()));
    }
  }

  /** A call of ours failed. */
  public void failed(Route route, String kind, FailureReason reason) {
    switch (reason) {
      case NO_SUCH_DOMAIN, NO_WAVE_SERVICE, REFUSED, NOT_CONNECTED ->
          change(route, memory -> memory.failedOver(kind));
      case TIMED_OUT, OVERLOADED, REMOTE_SERVER_TIMEOUT -> {}
      default -> answered(route, kind);
    }
  }

  /** The routes that are remembered, by peer and domain of ours. */
  public List<Route> routes() {
    synchronized (memories) {
      return memories.keySet().stream().sorted(BY_PEER).toList();
    }
  }

  private Memory memory(Route route) {
    synchronized (memories) {
      return memories.getOrDefault(route, Memory.NONE);
    }
  }

  private void change(Route route, UnaryOperator<Memory> change) {
    synchronized (memories) {
      memories.put(route, change.apply(memories.getOrDefault(route, Memory.NONE)));
    }
  }
}
