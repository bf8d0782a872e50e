// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.peer;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.federation.Peers.State;
import org.wavefed.server.LogBudget;
import org.wavefed.transport.Peer;
import org.wavefed.transport.Route;

/**
 * Remembers how each peer was last seen, and logs one line when one goes up or down; of many, one
 * line says how many more there are. The {@link #MOST} peers last dealt with are kept. Thread-safe.
 */
public final class PeerBook {
  /** How many peers are remembered. */
  static final int MOST = 10_000;

  private static final Logger log = LoggerFactory.getLogger(PeerBook.class);

  private final Clock clock;
  private final TransportChoice transports;
  private final Map<String, Entry> entries = bounded();
  private final Map<String, String> domains = bounded();
  private final Map<String, Boolean> remembered = bounded();
  private final LogBudget strangers;
  private final LogBudget changes;
  private volatile Consumer<String> whenHeard = domain -> {};

  /**
   * How a peer was last seen.
   *
   * @param since since when it is so
   * @param lastHeard when it last gave a sign of life
   * @param lastError why it is down, empty if it is not
   */
  public record Entry(State state, Instant since, Optional<Instant> lastHeard, String lastError) {}

  /**
   * @param clock for the times in the entries
   */
  public PeerBook(Clock clock) {
    this.clock = clock;
    this.transports = new TransportChoice(clock);
    this.strangers =
        new LogBudget(
            clock,
            10,
            10,
            more ->
                log.info(
                    "{} more peers that were never heard from are down, see wave:peers", more));
    this.changes =
        new LogBudget(
            clock,
            200,
            4,
            more -> log.info("peers went up or down {} more times, see wave:peers", more));
  }

  /** Over which transports calls to and from the peers went. */
  public TransportChoice transports() {
    return transports;
  }

  /** Sets who is told of every sign of life of a peer. */
  public void whenHeard(Consumer<String> listener) {
    whenHeard = listener;
  }

  /** The peer has spoken with this server before it was started. */
  public void remember(String domain) {
    synchronized (entries) {
      remembered.put(domain, true);
      entries.putIfAbsent(domain, new Entry(State.UNKNOWN, clock.instant(), Optional.empty(), ""));
    }
  }

  /** Whether the peer was ever heard from, as far as is known. */
  public boolean isAcquainted(String domain) {
    synchronized (entries) {
      return remembered.containsKey(domain)
          || Optional.ofNullable(entries.get(domain)).flatMap(Entry::lastHeard).isPresent();
    }
  }

  /** The peer answered or called. */
  public void heard(String domain) {
    Instant now = clock.instant();
    Entry before;
    synchronized (entries) {
      before = entries.get(domain);
      boolean wasUp = before != null && before.state == State.UP;
      Instant since = wasUp ? before.since : now;
      entries.put(domain, new Entry(State.UP, since, Optional.of(now), ""));
    }
    if ((before == null || before.state != State.UP) && changes.allows(domain)) {
      log.info("peer {} is up", domain);
    }
    settle();
    whenHeard.accept(domain);
  }

  /** The peer could not be reached. */
  public void down(String domain, String error) {
    Instant now = clock.instant();
    Entry before;
    synchronized (entries) {
      before = entries.get(domain);
      boolean wasDown = before != null && before.state == State.DOWN;
      Instant since = wasDown ? before.since : now;
      Optional<Instant> lastHeard = before == null ? Optional.empty() : before.lastHeard;
      entries.put(domain, new Entry(State.DOWN, since, lastHeard, error));
    }
    settle();
    boolean news = before == null || before.state != State.DOWN;
    LogBudget budget = isAcquainted(domain) ? changes : strangers;
    if (news && budget.allows(domain)) {
      log.info("peer {} is down: {}", domain, error);
    }
  }

  private void settle() {
    strangers.settle();
    changes.settle();
  }

  /** We are not connected ourselves: that takes an up peer down, and is no news of another. */
  public void cutOff(String domain, String error) {
    Optional<Entry> before = entry(domain);
    if (before.isPresent() && before.get().state == State.UP) {
      down(domain, error);
    } else {
      Entry unknown = new Entry(State.UNKNOWN, clock.instant(), Optional.empty(), "");
      Entry now = before.orElse(unknown);
      synchronized (entries) {
        entries.put(domain, new Entry(now.state, now.since, now.lastHeard, error));
      }
    }
  }

  /** A caller was authenticated and found to be the domain's wave service. */
  public void speaks(Peer peer, String domain) {
    synchronized (entries) {
      domains.put(peer.address(), domain);
    }
    transports.called(new Route(peer.localDomain(), domain), peer.transport());
    heard(domain);
  }

  /** The domain that the address last spoke for, if any. */
  public Optional<String> domainOf(String address) {
    synchronized (entries) {
      return Optional.ofNullable(domains.get(address));
    }
  }

  /** Whether the peer was heard at or after an instant. */
  public boolean heardSince(String domain, Instant instant) {
    return entry(domain).flatMap(Entry::lastHeard).filter(at -> !at.isBefore(instant)).isPresent();
  }

  /** How a peer was last seen. */
  public Optional<Entry> entry(String domain) {
    synchronized (entries) {
      return Optional.ofNullable(entries.get(domain));
    }
  }

  /** The peers that are remembered. */
  public List<String> known() {
    synchronized (entries) {
      return List.copyOf(entries.keySet());
    }
  }

  /** A map of the {@link #MOST} entries last used. */
  static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
