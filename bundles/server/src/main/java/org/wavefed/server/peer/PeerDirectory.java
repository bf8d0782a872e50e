// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.peer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.wavefed.federation.Peers;
import org.wavefed.server.delivery.DeliveryLoop;

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
    TreeSet<String> domains = new TreeSet<>(book.known());
    domains.addAll(deliveries.waitingPeers());
    return domains.stream().map(this::status).toList();
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
