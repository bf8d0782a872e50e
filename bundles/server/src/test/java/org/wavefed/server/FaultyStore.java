// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.Append;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoredDelta;
import org.wavefed.store.StoredSnapshot;
import org.wavefed.store.memory.MemoryDeltaStore;

/** A store that refuses or holds appends on request. */
final class FaultyStore implements DeltaStore {
  final AtomicInteger appends = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();
  volatile boolean full;
  volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  /** Whether what is read is there at once, on the thread that asks. */
  volatile boolean readsAtOnce;

  private final MemoryDeltaStore store;

  FaultyStore(MemoryDeltaStore store) {
    this.store = store;
  }

  @Override
  public String description() {
    return store.description();
  }

  @Override
  public CompletionStage<Void> append(Append append) {
    appends.incrementAndGet();
    if (full) {
      return CompletableFuture.failedStage(
          new StoreException(StoreException.Reason.UNAVAILABLE, "the disk is full", null));
    }
    return gate.thenCompose(open -> store.append(append));
  }

  @Override
  public CompletionStage<Optional<HashedVersion>> head(WaveletName wavelet) {
    return store.head(wavelet);
  }

  @Override
  public CompletionStage<List<StoredDelta>> read(
      WaveletName wavelet, long from, long to, long maxBytes) {
    reads.incrementAndGet();
    CompletionStage<List<StoredDelta>> read = store.read(wavelet, from, to, maxBytes);
    return readsAtOnce ? CompletableFuture.completedFuture(TestServer.await(read)) : read;
  }

  @Override
  public CompletionStage<Optional<StoredDelta>> endingAt(WaveletName wavelet, long version) {
    return store.endingAt(wavelet, version);
  }

  @Override
  public CompletionStage<List<WaveletName>> wavelets(Optional<WaveletName> after, int limit) {
    return store.wavelets(after, limit);
  }

  @Override
  public CompletionStage<Void> putSnapshot(WaveletName wavelet, StoredSnapshot snapshot) {
    return store.putSnapshot(wavelet, snapshot);
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> snapshot(WaveletName wavelet) {
    return store.snapshot(wavelet);
  }

  @Override
  public CompletionStage<Void> putSigner(Bytes signerId, Bytes signerInfo) {
    return store.putSigner(signerId, signerInfo);
  }

  @Override
  public CompletionStage<Optional<Bytes>> signer(Bytes signerId) {
    return store.signer(signerId);
  }

  @Override
  public CompletionStage<List<Bytes>> signers(Optional<Bytes> after, int limit) {
    return store.signers(after, limit);
  }

  @Override
  public CompletionStage<Void> startCursor(DeliveryCursor cursor) {
    return store.startCursor(cursor);
  }

  @Override
  public CompletionStage<Void> moveCursor(DeliveryCursor cursor) {
    return store.moveCursor(cursor);
  }

  @Override
  public CompletionStage<Void> removeCursor(DeliveryCursor cursor) {
    return store.removeCursor(cursor);
  }

  @Override
  public CompletionStage<List<DeliveryCursor>> cursors(Optional<DeliveryCursor> after, int limit) {
    return store.cursors(after, limit);
  }

  @Override
  public AutoCloseable watchForeignAppends(Consumer<WaveletName> listener) {
    return store.watchForeignAppends(listener);
  }

  void close() {
    store.close();
  }
}
