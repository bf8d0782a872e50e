// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.peer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wavefed.federation.Peers;
import org.wavefed.server.Domains;
import org.wavefed.server.delivery.DeliveryLoop;
import org.wavefed.transport.Route;

/** {@link Peers} from the peer book and the delivery queue. Thread-safe. */
public final class PeerDirectory implements Peers {
  private final PeerBook book;
  private final DeliveryLoop deliveries;
  private final PeerBook.Entry unknown;

  /**
   * Shows what the two know.
   *
   * @param start since when nothing is known of a peer that was not tried
   */
  public PeerDirectory(PeerBook book, DeliveryLoop deliveries, Instant start) {
    this.book = book;
    this.deliveries = deliveries;
    this.unknown = new PeerBook.Entry(State.UNKNOWN, start, Optional.empty(), "");
  }

  @Override
  public List<PeerStatus> list() {
    return domains().stream().map(this::status).toList();
  }

  private Set<String> domains() {
    Set<String> domains = new TreeSet<>(book.known());
    domains.addAll(deliveries.waitingPeers());
    return domains;
  }

  /**
   * Every pair of domains that called each other lately, and every other known peer with the domain
   * of ours whose wave waits for it, else the default one; by peer and domain of ours.
   */
  public List<Route> routes(Domains ours) {
    List<Route> called = book.transports().routes();
    Set<String> peers = called.stream().map(Route::peerDomain).collect(Collectors.toSet());
    Stream<Route> others =
        domains().stream()
            .filter(peer -> !peers.contains(peer))
            .flatMap(peer -> caller(peer, ours).map(local -> new Route(local, peer)).stream());
    return Stream.concat(called.stream(), others).sorted(TransportChoice.BY_PEER).toList();
  }

  private Optional<String> caller(String peer, Domains ours) {
    return deliveries.waiting(peer, 1).stream()
        .map(waiting -> waiting.wavelet().host())
        .findFirst()
        .or(() -> ours.all().stream().findFirst());
  }

  private PeerStatus status(String domain) {
    PeerBook.Entry entry = book.entry(domain).orElse(unknown);
    return new PeerStatus(
        domain,
        entry.state(),
        entry.since(),
        entry.lastHeard(),
        entry.lastError(),
        deliveries.waitingFor(domain),
        deliveries.nextTry(domain));
  }
}
