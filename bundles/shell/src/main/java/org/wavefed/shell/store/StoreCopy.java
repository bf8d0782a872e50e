// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.shell.Refusal;
import org.wavefed.shell.Waiting;
import org.wavefed.store.Append;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoredDelta;

/**
 * Copies everything from one store to another: signers, each wavelet with every delta and its
 * snapshot, delivery cursors. What the target has already is not copied again, so that a copy that
 * was interrupted, or whose source has grown, is run again. Wavelets are copied a page at a time,
 * those of a page together, so that they share the cost of making them durable. For one thread and
 * one run.
 *
 * <p>A cursor that has ended in the source since it was copied stays in the target. That costs a
 * delivery that the peer has already, after which it ends there too.
 */
public final class StoreCopy {
  private static final int WAVELETS_AT_ONCE = 64;
  private static final int ROWS_AT_ONCE = 1_000;
  private static final long BYTES_AT_ONCE = 256 * 1024;

  private final DeltaStore source;
  private final DeltaStore target;
  private final Waiting waiting;
  private final Consumer<Copied> progress;
  private final AtomicLong deltas = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private long wavelets;
  private long signers;
  private long cursors;

  /**
   * @param waiting how to wait for the stores
   * @param progress is told how far the copy is, after each page
   */
  public StoreCopy(
      DeltaStore source, DeltaStore target, Waiting waiting, Consumer<Copied> progress) {
    this.source = source;
    this.target = target;
    this.waiting = waiting;
    this.progress = progress;
  }

  /**
   * Copies what the target lacks.
   *
   * @throws Refusal if the target has a wavelet that is not in the source, or another history of
   *     one; nothing was written then. Also if a store fails: what was copied until then stays.
   */
  public Copied run() throws InterruptedException {
    refuseOtherData();
    signers = page(source::signers, ROWS_AT_ONCE, this::copySigner);
    page(source::wavelets, WAVELETS_AT_ONCE, this::copyWavelet, count -> wavelets += count);
    cursors = page(source::cursors, ROWS_AT_ONCE, this::copyCursor);
    return copied();
  }

  /** How many wavelets of the source end elsewhere in the target, or are not there. */
  public long differences() throws InterruptedException {
    AtomicLong different = new AtomicLong();
    page(
        source::wavelets,
        ROWS_AT_ONCE,
        name ->
            source
                .head(name)
                .thenCombine(target.head(name), Optional::equals)
                .thenAccept(same -> different.addAndGet(same ? 0 : 1)));
    return different.get();
  }

  private Copied copied() {
    return new Copied(wavelets, deltas.get(), bytes.get(), signers, cursors);
  }

  private void refuseOtherData() throws InterruptedException {
    page(target::wavelets, ROWS_AT_ONCE, this::requireSameHistory);
  }

  private CompletionStage<Void> requireSameHistory(WaveletName name) {
    return target.head(name).thenCompose(head -> requireInSource(name, head.orElseThrow()));
  }

  private CompletionStage<Void> requireInSource(WaveletName name, HashedVersion head) {
    return source
        .endingAt(name, head.version())
        .thenAccept(
            delta -> {
              if (delta.filter(it -> it.resulting().equals(head)).isEmpty()) {
                throw new Refusal(
                    "nothing was copied: "
                        + target.description()
                        + " holds other data, such as "
                        + name
                        + " at version "
                        + head.version()
                        + "; copy into an empty store, or into one that was copied from this one");
              }
            });
  }

  private CompletionStage<Void> copySigner(Bytes id) {
    return source
        .signer(id)
        .thenCombine(
            target.signer(id),
            (ours, theirs) ->
                ours.isEmpty() || ours.equals(theirs)
                    ? nothing()
                    : target.putSigner(id, ours.get()))
        .thenCompose(Function.identity());
  }

  private CompletionStage<Void> copyWavelet(WaveletName name) {
    return target
        .head(name)
        .thenCompose(head -> copyDeltas(name, head.map(HashedVersion::version).orElse(0L), false));
  }

  private CompletionStage<Void> copyDeltas(WaveletName name, long from, boolean grown) {
    return source
        .read(name, from, Long.MAX_VALUE, BYTES_AT_ONCE)
        .thenCompose(
            page -> {
              if (page.isEmpty()) {
                return grown ? copySnapshot(name, from) : nothing();
              }
              long end = page.get(page.size() - 1).resulting().version();
              return target
                  .append(new Append(name, page.get(0).appliedAt(), page, List.of()))
                  .thenCompose(
                      done -> {
                        count(page);
                        return copyDeltas(name, end, true);
                      });
            });
  }

  private void count(List<StoredDelta> page) {
    deltas.addAndGet(page.size());
    bytes.addAndGet(page.stream().mapToLong(delta -> delta.applied().size()).sum());
  }

  private CompletionStage<Void> copySnapshot(WaveletName name, long end) {
    return source
        .snapshot(name)
        .thenCompose(
            snapshot ->
                snapshot
                    .filter(it -> it.version().version() <= end)
                    .map(it -> target.putSnapshot(name, it))
                    .orElseGet(StoreCopy::nothing));
  }

  private CompletionStage<Void> copyCursor(DeliveryCursor cursor) {
    return target.startCursor(cursor).thenCompose(started -> target.moveCursor(cursor));
  }

  /** Does something with every row, a page of them at the same time. Returns how many there are. */
  private <T> long page(
      BiFunction<Optional<T>, Integer, CompletionStage<List<T>>> list,
      int size,
      Function<T, CompletionStage<Void>> each)
      throws InterruptedException {
    AtomicLong rows = new AtomicLong();
    page(list, size, each, rows::addAndGet);
    return rows.get();
  }

  private <T> void page(
      BiFunction<Optional<T>, Integer, CompletionStage<List<T>>> list,
      int size,
      Function<T, CompletionStage<Void>> each,
      Consumer<Integer> counted)
      throws InterruptedException {
    List<T> rows = waiting.await(list.apply(Optional.empty(), size), "the store");
    while (!rows.isEmpty()) {
      CompletableFuture<?>[] all =
          rows.stream()
              .map(row -> each.apply(row).toCompletableFuture())
              .toArray(CompletableFuture[]::new);
      waiting.await(CompletableFuture.allOf(all), "the stores");
      counted.accept(rows.size());
      progress.accept(copied());
      rows = waiting.await(list.apply(Optional.of(rows.get(rows.size() - 1)), size), "the store");
    }
  }

  private static CompletionStage<Void> nothing() {
    return CompletableFuture.completedStage(null);
  }
}
