// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.federation;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.wavefed.server.peer.PeerBook;
import org.wavefed.server.wavelet.Membership;
import org.wavefed.transport.Peer;

/**
 * Finds out up to which version a peer may know a wavelet. A request names no domain, so the peer
 * is asked about the domains that have, or had, a participant, the likely ones first. Thread-safe.
 */
final class Entitlement {
  /** How many domains are tried: each may cost a discovery. */
  private static final int MOST_TRIED = 16;

  private final PeerBook book;
  private final Predicate<String> isLocal;

  Entitlement(PeerBook book, Predicate<String> isLocal) {
    this.book = book;
    this.isLocal = isLocal;
  }

  /** The version up to which the peer may know the wavelet; 0 if it may not at all. */
  CompletionStage<Long> until(Peer peer, Membership membership) {
    List<String> candidates =
        membership.until().keySet().stream()
            .filter(domain -> !isLocal.test(domain))
            .sorted(Comparator.comparing(domain -> !isLikely(peer, domain)))
            .limit(MOST_TRIED)
            .toList();
    return until(peer, membership, candidates, 0L);
  }

  private boolean isLikely(Peer peer, String domain) {
    return peer.address().equals(domain)
        || peer.address().endsWith("." + domain)
        || book.domainOf(peer.address()).filter(domain::equals).isPresent();
  }

  private CompletionStage<Long> until(
      Peer peer, Membership membership, List<String> candidates, long soFar) {
    if (candidates.isEmpty() || soFar == Membership.PRESENT) {
      return CompletableFuture.completedStage(soFar);
    }
    String domain = candidates.get(0);
    return peer.speaksFor(domain)
        .thenCompose(
            speaks -> {
              if (speaks) {
                book.speaks(peer, domain);
              }
              long until = speaks ? Math.max(soFar, membership.until(domain)) : soFar;
              return until(peer, membership, candidates.subList(1, candidates.size()), until);
            });
  }
}
