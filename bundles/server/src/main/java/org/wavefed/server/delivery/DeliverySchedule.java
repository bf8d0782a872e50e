// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.wavefed.federation.DeliveryQueue.Waiting;
import org.wavefed.model.id.WaveletName;
import org.wavefed.server.concurrent.Backoff;
import org.wavefed.store.DeliveryCursor;

/**
 * Decides what to send to whom and when ({@code docs/delivery.md}). Knows neither network nor
 * clock: the time is told. There is at most one update in flight for each peer and wavelet and a
 * bounded number for each peer; a peer that cannot be reached costs one try in a growing interval,
 * whatever waits for it; peers that do not answer have a few places together ({@link Standing}), so
 * that those that do are never behind them. A call costs what it changes, not what waits.
 * Thread-safe.
 */
final class DeliverySchedule {
  private final int mostInFlight;
  private final Backoff backoff;
  private final Backoff doubt;
  private final Function<String, Standing> standing;
  private final Map<WaveletName, Map<String, Line>> lines = new HashMap<>();
  private final Map<String, PeerLines> peers = new HashMap<>();
  private final Map<Standing, Queue> queues = new EnumMap<>(Standing.class);
  private long places;

  /** The peers of one standing that have something to send, those that are due first. */
  private static final class Queue {
    private final TreeSet<PeerLines> peers =
        new TreeSet<>(
            Comparator.<PeerLines, Instant>comparing(peer -> placeOf(peer).at())
                .thenComparing(peer -> placeOf(peer).number()));
    private final int most;
    private int inFlight;

    Queue(int most) {
      this.most = most;
    }

    Optional<Instant> nextDue() {
      return inFlight >= most || peers.isEmpty()
          ? Optional.empty()
          : Optional.of(placeOf(peers.first()).at());
    }
  }

  /**
   * @param mostInFlight how many updates may be in flight to one peer
   * @param random for the jitter
   * @param standing what is known of a peer now; asked often, must not call back
   */
  DeliverySchedule(int mostInFlight, RandomGenerator random, Function<String, Standing> standing) {
    this.mostInFlight = mostInFlight;
    this.backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), random);
    this.doubt = new Backoff(Duration.ofMinutes(5), Duration.ofHours(4), random);
    this.standing = standing;
    for (Standing each : Standing.values()) {
      queues.put(each, new Queue(each.mostInFlight));
    }
  }

  private static PeerLines.Place placeOf(PeerLines peer) {
    return Objects.requireNonNull(peer.place);
  }

  private Queue queue(Standing standing) {
    return Objects.requireNonNull(queues.get(standing));
  }

  /**
   * Puts a peer where it belongs after something about it has changed; forgets it if all is done.
   */
  private void place(PeerLines peer) {
    Standing now = standing.apply(peer.domain);
    Optional<Instant> at = peer.nextDue(now, mostInFlight);
    PeerLines.Place before = peer.place;
    boolean stays =
        before != null && before.standing() == now && at.filter(before.at()::equals).isPresent();
    if (!stays) {
      leave(peer);
      at.ifPresent(
          instant -> {
            peer.place = new PeerLines.Place(now, instant, places++);
            queue(now).peers.add(peer);
          });
    }
    if (peer.waiting.isEmpty() && peer.inFlight == 0) {
      peers.remove(peer.domain);
    }
  }

  private void leave(PeerLines peer) {
    if (peer.place != null) {
      queue(peer.place.standing()).peers.remove(peer);
      peer.place = null;
    }
  }

  /**
   * A cursor and how far its peer shall have the wavelet. One that is known already stays where it
   * is; its target only grows.
   */
  synchronized void track(DeliveryCursor cursor, long target) {
    Line line =
        lines
            .computeIfAbsent(cursor.wavelet(), name -> new HashMap<>(2))
            .computeIfAbsent(
                cursor.peerDomain(),
                peer -> new Line(peer, cursor.wavelet(), cursor.version(), cursor.version()));
    line.target = Math.max(line.target, target);
    if (line.waits()) {
      add(line);
    }
  }

  private void add(Line line) {
    PeerLines peer = peers.computeIfAbsent(line.peer, PeerLines::new);
    peer.add(line);
    place(peer);
  }

  /** The wavelet has grown; every peer that has a cursor shall have it up to its new head. */
  synchronized void headMoved(WaveletName wavelet, long head) {
    for (Line line : lines.getOrDefault(wavelet, Map.of()).values()) {
      line.target = Math.max(line.target, head);
      if (line.waits()) {
        add(line);
      }
    }
  }

  /** Forgets a line: its cursor is gone. */
  synchronized void forget(String peer, WaveletName wavelet) {
    Map<String, Line> ofWavelet = lines.get(wavelet);
    Line line = ofWavelet == null ? null : ofWavelet.remove(peer);
    PeerLines ofPeer = peers.get(peer);
    lines.computeIfPresent(wavelet, (name, left) -> left.isEmpty() ? null : left);
    if (line != null && ofPeer != null) {
      end(line, ofPeer);
      ofPeer.remove(line);
      place(ofPeer);
    }
  }

  private void end(Line line, PeerLines peer) {
    if (line.inFlightAs != null) {
      peer.inFlight--;
      queue(line.inFlightAs).inFlight--;
      line.inFlightAs = null;
    }
  }

  /** What to send now; each is in flight until its outcome is told. Peers that answer go first. */
  synchronized List<Delivery> due(Instant now) {
    List<Delivery> due = new ArrayList<>();
    for (Standing each : Standing.values()) {
      Queue queue = queue(each);
      while (queue.nextDue().filter(at -> !at.isAfter(now)).isPresent()) {
        start(queue.peers.first(), each, now, due);
      }
    }
    return due;
  }

  private void start(PeerLines peer, Standing as, Instant now, List<Delivery> due) {
    for (int room = peer.room(as, mostInFlight); room > 0; room--) {
      Optional<Line> next = peer.poll(now);
      if (next.isEmpty()) {
        break;
      }
      Line line = next.get();
      line.inFlightAs = as;
      peer.inFlight++;
      queue(as).inFlight++;
      due.add(line.next());
    }
    leave(peer);
    place(peer);
  }

  /** When to ask for what is due next, if something waits for time to pass. */
  synchronized Optional<Instant> nextDue() {
    return queues.values().stream().flatMap(it -> it.nextDue().stream()).min(Instant::compareTo);
  }

  /** The peer has the wavelet up to a version. Returns whether that moved its cursor. */
  synchronized boolean acknowledged(Delivery delivery, long upTo) {
    Optional<Line> line = landed(delivery);
    boolean moved = line.isPresent() && line.get().cursor < upTo;
    line.ifPresent(
        it -> {
          it.acknowledged(upTo);
          peer(it.peer).reached();
          requeue(it);
        });
    return moved;
  }

  /**
   * The peer lives but did not acknowledge the update in time.
   *
   * @param upTo the version after the last delta of the update
   */
  synchronized void silent(Delivery delivery, long upTo, Instant now) {
    landed(delivery)
        .ifPresent(
            line -> {
              line.silent(delivery, upTo, now.plus(backoff.after(line.failures + 1)));
              peer(line.peer).reached();
              requeue(line);
            });
  }

  /**
   * The peer acknowledged a commit notice, but not the deltas before it. Returns how often it has
   * done so for this version if that is not believed yet: then the deltas are sent again after a
   * long time. 0 if it has, so often that it is taken to have them; nothing has changed then.
   */
  synchronized int doubted(Delivery delivery, long upTo, Instant now) {
    Line line = lines.getOrDefault(delivery.wavelet(), Map.of()).get(delivery.peer());
    if (line == null || line.isBelieved(upTo) || landed(delivery).isEmpty()) {
      return 0;
    }
    line.doubt(upTo);
    line.notBefore = now.plus(doubt.after(line.doubts));
    peer(line.peer).reached();
    requeue(line);
    return line.doubts;
  }

  /** The update could not be made, or the living peer refused it. */
  synchronized void refused(Delivery delivery, Instant now) {
    landed(delivery)
        .ifPresent(
            line -> {
              line.refused(now.plus(backoff.after(line.failures + 1)));
              requeue(line);
            });
  }

  /** The peer could not be reached. */
  synchronized void unreachable(Delivery delivery, Instant now) {
    landed(delivery)
        .ifPresent(
            line -> {
              PeerLines peer = peer(line.peer);
              if (peer.mayTry(now)) {
                peer.unreachable(now, now.plus(backoff.after(peer.failures + 1)));
              }
              requeue(line);
            });
  }

  /** The peer gave a sign of life. */
  synchronized void heard(String domain, Instant now) {
    PeerLines peer = peers.get(domain);
    if (peer != null) {
      peer.heard(now);
      place(peer);
    }
  }

  /** The peer spoke of a wavelet. Returns whether something is due sooner for that. */
  synchronized boolean heardOf(String domain, WaveletName wavelet, Instant now) {
    Line line = lines.getOrDefault(wavelet, Map.of()).get(domain);
    PeerLines peer = peers.get(domain);
    boolean sooner = line != null && peer != null && peer.heardOf(line, now);
    if (sooner) {
      place(peer);
    }
    return sooner;
  }

  /** Someone wants everything that waits for the peer to be tried now. */
  synchronized void tryNow(String domain) {
    PeerLines peer = peers.get(domain);
    if (peer != null) {
      peer.hurry();
      place(peer);
    }
  }

  /** The domains that something waits for. */
  synchronized List<String> waitingPeers() {
    return List.copyOf(peers.keySet());
  }

  /** How many wavelets wait for a peer. */
  synchronized int waitingFor(String domain) {
    PeerLines peer = peers.get(domain);
    return peer == null ? 0 : peer.waiting.size();
  }

  /** When what waits for a peer is tried next, if it waits for time to pass. */
  synchronized Optional<Instant> nextTry(String domain) {
    PeerLines peer = peers.get(domain);
    return peer == null ? Optional.empty() : peer.nextDue(standing.apply(domain), mostInFlight);
  }

  /** What waits for a peer, or for all if the domain is empty. */
  synchronized List<Waiting> waiting(String domain, int limit) {
    Collection<PeerLines> asked =
        domain.isEmpty()
            ? peers.values()
            : Optional.ofNullable(peers.get(domain)).map(List::of).orElse(List.of());
    return asked.stream()
        .flatMap(peer -> peer.waiting.values().stream())
        .limit(limit)
        .map(line -> new Waiting(line.peer, line.wavelet, line.cursor, line.target))
        .toList();
  }

  private Optional<Line> landed(Delivery delivery) {
    Line line = lines.getOrDefault(delivery.wavelet(), Map.of()).get(delivery.peer());
    PeerLines peer = peers.get(delivery.peer());
    if (line == null || peer == null || line.inFlightAs == null) {
      return Optional.empty();
    }
    end(line, peer);
    return Optional.of(line);
  }

  private PeerLines peer(String domain) {
    return Objects.requireNonNull(peers.get(domain));
  }

  private void requeue(Line line) {
    PeerLines peer = peer(line.peer);
    peer.requeue(line);
    place(peer);
  }
}
