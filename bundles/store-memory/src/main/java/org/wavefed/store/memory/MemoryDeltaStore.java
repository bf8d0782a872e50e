// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.memory;

import static org.wavefed.store.StoreException.Reason.UNAVAILABLE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.configuration.CheckedConfiguration;
import org.wavefed.configuration.Within;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.Append;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoredDelta;
import org.wavefed.store.StoredSnapshot;

/**
 * Keeps everything in the heap, up to a bound, and loses it when it stops. One thread does all the
 * work, in the order of the calls, so nothing in {@link Wavelets} needs a lock. When {@value
 * #QUEUE_CALLS_MAX} calls are waiting, further ones are refused as unavailable. Thread-safe.
 */
@Component(
    service = DeltaStore.class,
    immediate = true,
    configurationPid = "org.wavefed.store.memory",
    property = "store.kind=memory")
@Designate(ocd = MemoryDeltaStore.Config.class)
public final class MemoryDeltaStore implements DeltaStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryDeltaStore.class);
  private static final int QUEUE_CALLS_MAX = 10_000;
  private static final long CLOSE_SECONDS = 10;

  /** What can be configured. */
  @ObjectClassDefinition(
      name = "Wavefed store in memory",
      description = "Keeps wavelets in memory until it stops; for tests and throw-away servers.")
  public @interface Config {
    /** The bound of all that is kept. */
    @AttributeDefinition(
        name = "Size limit",
        description = "How much may be kept, in MiB. Writes beyond it are refused.",
        min = "1",
        max = "1048576")
    @Within(least = 1, most = 1_048_576)
    int mebibytes_max() default 64;
  }

  private final Wavelets wavelets;
  private final ThreadPoolExecutor thread;

  /** As configured; the log says what makes no sense, and then the default counts. */
  @Activate
  public MemoryDeltaStore(Map<String, Object> properties) {
    this(bytesMax(read(properties).orDefaults(LOG::error)));
  }

  private static CheckedConfiguration<Config> read(Map<String, Object> properties) {
    var read =
        CheckedConfiguration.of(
            Config.class, "org.wavefed.store.memory.cfg", properties, "store.kind");
    read.warnings().forEach(LOG::warn);
    return read;
  }

  private static long bytesMax(Config config) {
    return (long) config.mebibytes_max() << 20;
  }

  /** A configuration that changes, or comes after the start, takes nothing away. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      wavelets.limit(bytesMax(read(properties).orRefuse()));
    } catch (IllegalArgumentException e) {
      LOG.error("{}; it stays as it was before", e.getMessage());
    }
  }

  /** With room for so many bytes. */
  public MemoryDeltaStore(long maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("mebibytes.max must be 1 or more");
    }
    wavelets = new Wavelets(maxBytes);
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE_CALLS_MAX),
            task -> new Thread(task, "wavefed-store-memory"));
  }

  /** Waits a bounded time for the calls in hand; later calls fail. Idempotent. */
  @Deactivate
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String description() {
    return "memory, lost when the server stops";
  }

  @Override
  public CompletionStage<Void> append(Append append) {
    return run(() -> wavelets.append(append));
  }

  @Override
  public CompletionStage<Optional<HashedVersion>> head(WaveletName wavelet) {
    return call(() -> wavelets.head(wavelet));
  }

  @Override
  public CompletionStage<List<StoredDelta>> read(
      WaveletName wavelet, long from, long to, long maxBytes) {
    if (from < 0) {
      throw new IllegalArgumentException("negative version " + from);
    }
    requirePositive(maxBytes);
    return call(() -> wavelets.read(wavelet, from, to, maxBytes));
  }

  @Override
  public CompletionStage<Optional<StoredDelta>> endingAt(WaveletName wavelet, long version) {
    return call(() -> wavelets.endingAt(wavelet, version));
  }

  @Override
  public CompletionStage<List<WaveletName>> wavelets(Optional<WaveletName> after, int limit) {
    requirePositive(limit);
    return call(() -> wavelets.list(after, limit));
  }

  @Override
  public CompletionStage<Void> putSnapshot(WaveletName wavelet, StoredSnapshot snapshot) {
    return run(() -> wavelets.putSnapshot(wavelet, snapshot));
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> snapshot(WaveletName wavelet) {
    return call(() -> wavelets.snapshot(wavelet));
  }

  @Override
  public CompletionStage<Void> putSigner(Bytes signerId, Bytes signerInfo) {
    return run(() -> wavelets.putSigner(signerId, signerInfo));
  }

  @Override
  public CompletionStage<Optional<Bytes>> signer(Bytes signerId) {
    return call(() -> wavelets.signer(signerId));
  }

  @Override
  public CompletionStage<List<Bytes>> signers(Optional<Bytes> after, int limit) {
    requirePositive(limit);
    return call(() -> wavelets.signers(after, limit));
  }

  @Override
  public CompletionStage<Void> startCursor(DeliveryCursor cursor) {
    return run(() -> wavelets.startCursor(cursor));
  }

  @Override
  public CompletionStage<Void> moveCursor(DeliveryCursor cursor) {
    return run(() -> wavelets.moveCursor(cursor));
  }

  @Override
  public CompletionStage<Void> removeCursor(DeliveryCursor cursor) {
    return run(() -> wavelets.removeCursor(cursor));
  }

  @Override
  public CompletionStage<List<DeliveryCursor>> cursors(Optional<DeliveryCursor> after, int limit) {
    requirePositive(limit);
    return call(() -> wavelets.cursors(after, limit));
  }

  @Override
  public AutoCloseable watchForeignAppends(Consumer<WaveletName> listener) {
    return () -> {};
  }

  private static void requirePositive(long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not 1 or more");
    }
  }

  private CompletionStage<Void> run(Runnable write) {
    return call(
        () -> {
          write.run();
          return null;
        });
  }

  private <T extends @Nullable Object> CompletionStage<T> call(Supplier<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      thread.execute(() -> answer(answer, call));
    } catch (RejectedExecutionException e) {
      String why =
          thread.isShutdown()
              ? "the store is closed"
              : "the store has " + QUEUE_CALLS_MAX + " calls waiting already: try later";
      answer.completeExceptionally(new StoreException(UNAVAILABLE, why, e));
    }
    return answer;
  }

  private static <T extends @Nullable Object> void answer(
      CompletableFuture<T> answer, Supplier<T> call) {
    T result;
    try {
      result = call.get();
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
      return;
    }
    answer.complete(result);
  }
}
