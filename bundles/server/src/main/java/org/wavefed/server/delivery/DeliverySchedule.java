// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.wavefed.federation.DeliveryQueue.Waiting;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.DeliveryCursor;

/**
 * Decides what to send to whom and when ({@code docs/delivery.md}). Knows neither network nor
 * clock: the time is told. There is at most one update in flight for each peer and wavelet and a
 * bounded number for each peer; a peer that cannot be reached costs one try in a growing interval,
 * whatever waits for it. Thread-safe; calls nobody.
 */
final class DeliverySchedule {
  private final int mostInFlight;
  private final Backoff backoff;
  private final Map<WaveletName, Map<String, Line>> lines = new HashMap<>();
  private final Map<String, PeerLines> peers = new HashMap<>();

  /**
   * @param mostInFlight how many updates may be in flight to one peer
   * @param random for the jitter
   */
  DeliverySchedule(int mostInFlight, RandomGenerator random) {
    this.mostInFlight = mostInFlight;
    this.backoff = new Backoff(random);
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
      peer(line.peer).waiting.putIfAbsent(line.wavelet, line);
    }
  }

  /** The wavelet has grown; every peer that has a cursor shall have it up to its new head. */
  synchronized void headMoved(WaveletName wavelet, long head) {
    for (Line line : lines.getOrDefault(wavelet, Map.of()).values()) {
      line.target = Math.max(line.target, head);
      peer(line.peer).waiting.putIfAbsent(line.wavelet, line);
    }
  }

  /** Forgets a line: its cursor is gone. */
  synchronized void forget(String peer, WaveletName wavelet) {
    Map<String, Line> ofWavelet = lines.get(wavelet);
    Line line = ofWavelet == null ? null : ofWavelet.remove(peer);
    PeerLines ofPeer = peers.get(peer);
    lines.computeIfPresent(wavelet, (name, left) -> left.isEmpty() ? null : left);
    if (line != null && ofPeer != null) {
      ofPeer.inFlight -= line.inFlight ? 1 : 0;
      ofPeer.waiting.remove(wavelet);
      dropIfEmpty(ofPeer);
    }
  }

  /** What to send now; each is in flight until its outcome is told. */
  synchronized List<Delivery> due(Instant now) {
    List<Delivery> due = new ArrayList<>();
    for (PeerLines peer : peers.values()) {
      if (peer.mayTry(now)) {
        start(peer, now, due);
      }
    }
    return due;
  }

  private void start(PeerLines peer, Instant now, List<Delivery> due) {
    int room = peer.room(mostInFlight);
    for (Line line : peer.waiting.values()) {
      if (room <= 0) {
        return;
      }
      if (line.isDue(now)) {
        line.inFlight = true;
        peer.inFlight++;
        room--;
        due.add(line.next());
      }
    }
  }

  /** When to ask for what is due next, if something waits for time to pass. */
  synchronized Optional<Instant> nextDue() {
    return peers.values().stream().flatMap(peer -> nextDue(peer).stream()).min(Instant::compareTo);
  }

  private Optional<Instant> nextDue(PeerLines peer) {
    if (peer.room(mostInFlight) <= 0 || peer.waiting.isEmpty()) {
      return Optional.empty();
    }
    if (peer.failures > 0) {
      return Optional.of(peer.notBefore);
    }
    return peer.waiting.values().stream()
        .filter(line -> !line.inFlight)
        .map(line -> line.notBefore)
        .min(Instant::compareTo);
  }

  /** The peer has the wavelet up to a version. Returns whether that moved its cursor. */
  synchronized boolean acknowledged(Delivery delivery, long upTo) {
    Optional<Line> line = landed(delivery);
    boolean moved = line.isPresent() && line.get().cursor < upTo;
    line.ifPresent(
        it -> {
          it.acknowledged(upTo);
          peer(it.peer).reached();
          peer(it.peer).requeue(it);
        });
    line.ifPresent(it -> dropIfEmpty(peer(it.peer)));
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
              peer(line.peer).requeue(line);
            });
  }

  /** The update could not be made, or the living peer refused it. */
  synchronized void refused(Delivery delivery, Instant now) {
    landed(delivery)
        .ifPresent(
            line -> {
              line.failed(now.plus(backoff.after(line.failures + 1)));
              peer(line.peer).requeue(line);
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
              peer.requeue(line);
            });
  }

  /** The peer gave a sign of life. */
  synchronized void heard(String domain, Instant now) {
    PeerLines peer = peers.get(domain);
    if (peer != null) {
      peer.heard(now);
    }
  }

  /** Someone wants everything that waits for the peer to be tried now. */
  synchronized void tryNow(String domain) {
    PeerLines peer = peers.get(domain);
    if (peer != null) {
      peer.notBefore = Instant.EPOCH;
      peer.waiting.values().forEach(line -> line.notBefore = Instant.EPOCH);
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
    return peer == null ? Optional.empty() : nextDue(peer);
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
    if (line == null || peer == null || !line.inFlight) {
      return Optional.empty();
    }
    line.inFlight = false;
    peer.inFlight--;
    return Optional.of(line);
  }

  private PeerLines peer(String domain) {
    return peers.computeIfAbsent(domain, PeerLines::new);
  }

  private void dropIfEmpty(PeerLines peer) {
    if (peer.waiting.isEmpty() && peer.inFlight == 0) {
      peers.remove(peer.domain);
    }
  }
}
