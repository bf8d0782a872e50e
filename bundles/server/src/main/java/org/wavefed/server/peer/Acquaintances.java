// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.peer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.wavefed.model.id.WaveletName;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.DeltaStore;

/**
 * Finds in a store the peers that have spoken with this server before: the hosts of wavelets that
 * it has copies of, and those that have acknowledged all of a wavelet. To be a participant proves
 * nothing, for anybody can invent a domain. No wavelet is opened. Thread-safe.
 */
public final class Acquaintances {
  private static final int PAGE = 1_000;

  private final DeltaStore store;
  private final Predicate<String> isLocal;
  private final PeerBook book;
  private volatile boolean stopped;

  /**
   * @param isLocal whether a domain is one of ours
   * @param book remembers those that are found
   */
  public Acquaintances(DeltaStore store, Predicate<String> isLocal, PeerBook book) {
    this.store = store;
    this.isLocal = isLocal;
    this.book = book;
  }

  /** Tells the book of all; completes when done, or with what the store failed with. */
  public CompletionStage<Void> read() {
    return readHosts(Optional.empty()).thenCompose(hosts -> readCursors(Optional.empty()));
  }

  /** Reads no more. */
  public void stop() {
    stopped = true;
  }

  private CompletionStage<Void> readHosts(Optional<WaveletName> after) {
    return store
        .wavelets(after, PAGE)
        .thenCompose(
            page -> {
              page.stream()
                  .map(WaveletName::host)
                  .filter(host -> !isLocal.test(host))
                  .forEach(book::remember);
              return page.size() < PAGE || stopped
                  ? CompletableFuture.completedStage(null)
                  : readHosts(Optional.of(page.get(page.size() - 1)));
            });
  }

  private CompletionStage<Void> readCursors(Optional<DeliveryCursor> after) {
    return store
        .cursors(after, PAGE)
        .thenCompose(
            page ->
                page.isEmpty() || stopped
                    ? CompletableFuture.completedStage(null)
                    : read(page)
                        .thenCompose(done -> readCursors(Optional.of(page.get(page.size() - 1)))));
  }

  private CompletionStage<Void> read(List<DeliveryCursor> page) {
    return Stages.all(
        page.stream()
            .filter(cursor -> !book.isAcquainted(cursor.peerDomain()))
            .map(this::read)
            .toList());
  }

  /** A cursor starts behind the head, so that only an acknowledgement can bring it there. */
  private CompletionStage<Void> read(DeliveryCursor cursor) {
    return store
        .head(cursor.wavelet())
        .thenAccept(
            head -> {
              if (head.isPresent() && cursor.version() >= head.get().version()) {
                book.remember(cursor.peerDomain());
              }
            });
  }
}
