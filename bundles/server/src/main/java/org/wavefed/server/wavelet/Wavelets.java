// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.server.Limits;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.server.wavelet.OpenWavelet.Writer;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoredDelta;
import org.wavefed.wave.Watcher;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveService.Watch;

/**
 * The wavelets of one store, opened when they are needed; those used the longest ago leave memory
 * when there are too many. If all are in use and there are twice as many, no more are opened.
 * Failures are {@link WaveException}s. Thread-safe.
 */
public final class Wavelets {
  /** How often a task is tried again that met a wavelet which just left memory. */
  private static final int REOPENINGS = 5;

  /** How many of the longest unused are asked to leave when there are too many. */
  private static final int LEAVING_AT_ONCE = 8;

  private final DeltaStore store;
  private final Executor pool;
  private final Supplier<Limits> limits;
  private final WaveletEvents events;
  private final WaveletLoader loader;
  private final CatchUp catchUp;
  private final Map<WaveletName, CompletableFuture<OpenWavelet>> open =
      new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  /**
   * @param pool where all work on wavelets is done
   */
  public Wavelets(DeltaStore store, Executor pool, Supplier<Limits> limits, WaveletEvents events) {
    this.store = store;
    this.pool = pool;
    this.limits = limits;
    this.events = events;
    this.loader = new WaveletLoader(store, pool);
    this.catchUp = new CatchUp(this, pool);
  }

  /** The store that they are in. */
  public DeltaStore store() {
    return store;
  }

  /** The wavelet if the store has it. */
  public CompletionStage<Optional<OpenWavelet>> find(WaveletName name) {
    return openOrNew(name)
        .thenApply(
            wavelet -> {
              if (wavelet.durable().version().version() > 0) {
                return Optional.of(wavelet);
              }
              unused(wavelet);
              return Optional.empty();
            });
  }

  /** The wavelet, at version 0 if the store does not have it. */
  private CompletionStage<OpenWavelet> openOrNew(WaveletName name) {
    CompletableFuture<OpenWavelet> opening = new CompletableFuture<>();
    synchronized (open) {
      CompletableFuture<OpenWavelet> there = open.get(name);
      if (there != null) {
        return there;
      }
      if (closed) {
        return CompletableFuture.failedStage(Failures.unavailable("the store is going away"));
      }
      if (open.size() >= 2 * limits.get().openWavelets()) {
        return CompletableFuture.failedStage(
            Failures.unavailable("too many wavelets are in use; try again later"));
      }
      open.put(name, opening);
    }
    makeRoom();
    load(name, opening);
    return opening;
  }

  private void load(WaveletName name, CompletableFuture<OpenWavelet> opening) {
    loader
        .load(name, Long.MAX_VALUE, limits.get().recentDeltas())
        .thenApply(
            it ->
                new OpenWavelet(
                    name,
                    it.copy(),
                    it.snapshotVersion(),
                    it.newest(),
                    store,
                    pool,
                    limits,
                    eventsOf(opening)))
        .whenComplete(
            (wavelet, failure) -> {
              if (failure != null) {
                forget(name, opening);
                opening.completeExceptionally(Failures.unreadable(name, Stages.cause(failure)));
              } else {
                opening.complete(wavelet);
              }
            });
  }

  private WaveletEvents eventsOf(CompletableFuture<OpenWavelet> opening) {
    return new WaveletEvents() {
      @Override
      public void grown(WaveletName name, TrackedCopy copy, List<DeliveryCursor> newCursors) {
        events.grown(name, copy, newCursors);
      }

      @Override
      public void closed(WaveletName name, TrackedCopy copy) {
        forget(name, opening);
        events.closed(name, copy);
      }
    };
  }

  private void forget(WaveletName name, CompletableFuture<OpenWavelet> opening) {
    synchronized (open) {
      open.remove(name, opening);
    }
  }

  private void makeRoom() {
    List<CompletableFuture<OpenWavelet>> eldest = new ArrayList<>();
    synchronized (open) {
      if (open.size() > limits.get().openWavelets()) {
        open.values().stream().limit(LEAVING_AT_ONCE).forEach(eldest::add);
      }
    }
    eldest.forEach(each -> each.thenAccept(this::askToLeave));
  }

  /** One that is in use goes behind the others, so that they are asked next time. */
  private void askToLeave(OpenWavelet wavelet) {
    wavelet
        .closeIfIdle()
        .thenAccept(
            left -> {
              if (!left) {
                synchronized (open) {
                  open.get(wavelet.name());
                }
              }
            });
  }

  private static void unused(OpenWavelet wavelet) {
    wavelet.closeIfIdle();
  }

  /**
   * Runs a task as the wavelet's one writer.
   *
   * @param task gives the outcome; the next task starts when it returns, not when its stage is
   *     complete
   */
  public <T> CompletionStage<T> write(
      WaveletName name, Function<Writer, ? extends CompletionStage<T>> task) {
    return use(name, wavelet -> wavelet.run(task), REOPENINGS);
  }

  /**
   * Runs a task as the wavelet's one writer, with the deltas from a version to the head; those that
   * are no longer in memory are read from the store first.
   *
   * @param version a version at which a delta ends; the task gets no deltas if it is not behind the
   *     head
   * @throws WaveException in the stage, of reason NO_SUCH_VERSION if no delta ends at the version
   */
  public <T> CompletionStage<T> writeSince(
      WaveletName name,
      long version,
      BiFunction<Writer, List<LoggedDelta>, ? extends CompletionStage<T>> task) {
    return catchUp.write(name, version, task);
  }

  /** Shows the wavelet live. */
  public CompletionStage<Watch> watch(
      WaveletName name, ParticipantId user, Watcher watcher, Executor watcherPool) {
    return use(name, wavelet -> wavelet.watch(user, watcher, watcherPool), REOPENINGS);
  }

  /** See {@link OpenWavelet#removeCursor}. */
  public CompletionStage<Boolean> removeCursor(DeliveryCursor reached) {
    return use(reached.wavelet(), wavelet -> wavelet.removeCursor(reached), REOPENINGS);
  }

  private <T> CompletionStage<T> use(
      WaveletName name, Function<OpenWavelet, CompletionStage<T>> task, int reopenings) {
    return Stages.recover(
        openOrNew(name).thenCompose(task),
        failure ->
            failure instanceof WaveletClosed && reopenings > 0
                ? use(name, task, reopenings - 1)
                : CompletableFuture.failedStage(asRefusal(failure)));
  }

  private static Throwable asRefusal(Throwable failure) {
    return failure instanceof WaveletClosed
        ? Failures.unavailable("the wavelet is opened and closed all the time; try again later")
        : failure;
  }

  /** The wavelet now, without keeping it in memory. */
  CompletionStage<TrackedCopy> peek(WaveletName name) {
    return loader.load(name, Long.MAX_VALUE, 0).thenApply(WaveletLoader.Loaded::copy);
  }

  /** The wavelet as it was at a version at which a delta ends; empty if none does. */
  public CompletionStage<Optional<TrackedCopy>> at(WaveletName name, long version) {
    return loader
        .load(name, version, 0)
        .thenApply(
            loaded ->
                loaded.copy().version().version() == version
                    ? Optional.of(loaded.copy())
                    : Optional.empty());
  }

  /** What {@link DeltaStore#read} gives; failures are WaveExceptions. */
  public CompletionStage<List<StoredDelta>> page(
      WaveletName name, long from, long to, long maxBytes) {
    return Stages.recover(
        store.read(name, from, to, maxBytes),
        failure -> CompletableFuture.failedStage(Failures.unreadable(name, from, failure)));
  }

  /** The wavelets in memory now. */
  public List<OpenWavelet> inMemory() {
    List<CompletableFuture<OpenWavelet>> all;
    synchronized (open) {
      all = List.copyOf(open.values());
    }
    return all.stream()
        .filter(each -> each.isDone() && !each.isCompletedExceptionally())
        .map(CompletableFuture::join)
        .toList();
  }

  /** Someone else appended to the wavelet in the store: open it anew. */
  public void changedElsewhere(WaveletName name) {
    CompletableFuture<OpenWavelet> there;
    synchronized (open) {
      there = open.get(name);
    }
    if (there != null) {
      there.thenAccept(wavelet -> wavelet.closeNow("changed by another server; watch it again"));
    }
  }

  /** Opens nothing more; completes when what was being written is durable or has failed. */
  public CompletionStage<Void> close(String reason) {
    synchronized (open) {
      closed = true;
    }
    return Stages.all(inMemory().stream().map(wavelet -> wavelet.closeNow(reason)).toList());
  }
}
