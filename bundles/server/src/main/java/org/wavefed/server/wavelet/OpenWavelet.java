// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.protocol.WaveletCopy;
import org.wavefed.server.Limits;
import org.wavefed.server.concurrent.Mailbox;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoredDelta;
import org.wavefed.wave.Watcher;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;
import org.wavefed.wave.WaveService.Watch;

/**
 * A wavelet in memory with its one writer. Writes are applied to the head one after the other;
 * while an append is on its way to the store the next ones collect and then go in one append.
 * Nobody sees or is told of anything before it is durable; a failed append takes the head back to
 * what is. Thread-safe; what touches the wavelet runs in its mailbox.
 */
public final class OpenWavelet {
  private static final Logger log = LoggerFactory.getLogger(OpenWavelet.class);

  /** How many bytes of its newest deltas are kept in memory at most. */
  private static final long RECENT_BYTES = 1 << 20;

  /** How many deltas are kept at hand for peers that have all others; they may be large. */
  private static final int MOST_NEWEST = 8;

  /**
   * A snapshot is stored on leaving memory if at least this many operations came since the last.
   */
  private static final int WORTH_A_SNAPSHOT = 50;

  private final WaveletName name;
  private final DeltaStore store;
  private final Executor pool;
  private final Supplier<Limits> limits;
  private final WaveletEvents events;
  private final Mailbox mailbox;
  private volatile TrackedCopy durable;
  private volatile List<LoggedDelta> newest = List.of();

  // Touched by the mailbox alone.
  private final RecentDeltas recent;
  private final PendingSteps pending = new PendingSteps();
  private final Queue<Supplier<CompletionStage<Void>>> chores = new ArrayDeque<>();
  private final Watches watches;
  private final Snapshots snapshots;
  private TrackedCopy head;
  private boolean busy;
  private boolean closed;

  /** What a task in the mailbox may do. */
  public final class Writer {
    private Writer() {}

    /** The wavelet with all that was written, durable or not. */
    public TrackedCopy head() {
      return head;
    }

    /** The deltas from a version to the head, if they are in memory; see {@link #oldest}. */
    public Optional<List<LoggedDelta>> since(long version) {
      return recent.since(version, head.version().version());
    }

    /** The version from which on deltas are in memory. */
    public long oldest() {
      return recent.start(head.version().version());
    }

    /**
     * Writes a delta that was applied to the head.
     *
     * @param next the head after it
     * @param newCursors for the domains that join with it
     * @return completes when it is durable
     */
    public CompletionStage<TrackedCopy> write(
        LoggedDelta delta,
        WaveletCopy next,
        Function<Set<String>, List<DeliveryCursor>> newCursors) {
      TrackedCopy after = head.then(next, delta.operations());
      Set<String> joined = after.membership().joinedSince(head.membership());
      Step step = new Step(delta, after, newCursors.apply(joined), new CompletableFuture<>());
      head = after;
      recent.add(delta);
      pending.add(step);
      pump();
      return step.durable();
    }

    /**
     * Requires that the store keeps up with what is written; whoever can say no to a delta asks.
     *
     * @throws WaveException of reason UNAVAILABLE if too many deltas wait for it
     */
    public void requireRoom() {
      if (pending.waiting() >= limits.get().waitingPerWavelet()) {
        throw tooMany();
      }
    }

    /** Completes when everything up to the head is durable. */
    public CompletionStage<TrackedCopy> settled() {
      return pending.settled(durable);
    }
  }

  private final Writer writer = new Writer();

  OpenWavelet(
      WaveletName name,
      TrackedCopy start,
      long snapshotVersion,
      List<LoggedDelta> newest,
      DeltaStore store,
      Executor pool,
      Supplier<Limits> limits,
      WaveletEvents events) {
    this.name = name;
    this.watches = new Watches(name);
    this.durable = start;
    this.head = start;
    this.store = store;
    this.pool = pool;
    this.limits = limits;
    this.events = events;
    this.mailbox = new Mailbox(pool, limits.get().waitingPerWavelet());
    this.snapshots = new Snapshots(snapshotVersion, store, pool, mailbox);
    this.recent = new RecentDeltas(limits.get().recentDeltas(), RECENT_BYTES);
    newest.forEach(recent::add);
    recent.trim(start.version().version());
  }

  /** The wavelet's name. */
  public WaveletName name() {
    return name;
  }

  /** The wavelet as everybody may see it. */
  public TrackedCopy durable() {
    return durable;
  }

  /**
   * The deltas that became durable last, if the first is applied at a version: what a peer that has
   * all before them lacks, without asking the store. Otherwise empty.
   */
  public List<StoredDelta> newestFrom(long version) {
    List<LoggedDelta> last = newest;
    return !last.isEmpty() && last.get(0).appliedAt().version() == version
        ? last.stream().map(Deltas::toStored).toList()
        : List.of();
  }

  /**
   * Runs a task in the mailbox and gives its outcome, on a thread of the pool.
   *
   * @throws WaveException of reason UNAVAILABLE, in the stage, if the mailbox is full; {@link
   *     WaveletClosed} if the wavelet left memory
   */
  <T> CompletionStage<T> run(Function<Writer, ? extends CompletionStage<T>> task) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    boolean taken =
        mailbox.offer(
            () -> attempt(task).whenCompleteAsync((v, f) -> Stages.complete(outcome, v, f), pool));
    if (!taken) {
      outcome.completeExceptionally(tooMany());
    }
    return outcome;
  }

  private WaveException tooMany() {
    return Failures.unavailable("too many changes of " + name + " are waiting; try again");
  }

  private <T> CompletionStage<T> attempt(Function<Writer, ? extends CompletionStage<T>> task) {
    if (closed) {
      return CompletableFuture.failedStage(new WaveletClosed(name));
    }
    try {
      return task.apply(writer);
    } catch (RuntimeException | Error refusal) {
      return CompletableFuture.failedStage(refusal);
    }
  }

  // ---- the way to the store

  private void pump() {
    if (busy) {
      return;
    }
    Supplier<CompletionStage<Void>> chore = chores.poll();
    if (chore != null) {
      start(chore, this::choreDone);
    } else if (!pending.isNoneWaiting()) {
      start(() -> store.append(pending.next(name, durable.version())), this::appended);
    }
  }

  private void start(Supplier<CompletionStage<Void>> work, Consumer<@Nullable Throwable> after) {
    busy = true;
    begin(work)
        .whenComplete(
            (nothing, failure) ->
                mailbox.put(
                    () -> {
                      busy = false;
                      try {
                        after.accept(failure == null ? null : Stages.cause(failure));
                      } finally {
                        pump();
                      }
                    }));
  }

  /** What throws has failed, and must not leave the wavelet busy for ever. */
  private static CompletionStage<Void> begin(Supplier<CompletionStage<Void>> work) {
    try {
      return work.get();
    } catch (RuntimeException | Error failure) {
      return CompletableFuture.failedStage(failure);
    }
  }

  private void appended(@Nullable Throwable failure) {
    if (failure == null) {
      publish(pending.landed());
    } else {
      takeBack(pending.lost(), failure);
    }
  }

  private void publish(List<Step> batch) {
    durable = batch.get(batch.size() - 1).after();
    newest = batch.size() > MOST_NEWEST ? List.of() : batch.stream().map(Step::delta).toList();
    recent.trim(durable.version().version());
    try {
      events.grown(name, durable, batch.stream().flatMap(s -> s.newCursors().stream()).toList());
      batch.forEach(watches::tell);
    } finally {
      batch.forEach(step -> step.durable().complete(step.after()));
    }
    snapshots.store(durable, limits.get().snapshotEvery());
  }

  private void takeBack(List<Step> lost, Throwable failure) {
    head = durable;
    recent.cutBackTo(durable.version().version());
    WaveException refusal = refusal(failure);
    if (failure instanceof StoreException problem
        && problem.reason() == StoreException.Reason.CONFLICT) {
      close("the wavelet was changed by another server on the same store; watch it again");
    } else if (failure instanceof StoreException problem
        && problem.reason() == StoreException.Reason.UNAVAILABLE) {
      // The store says once that it takes nothing; one line for each delta would fill the disk.
      log.debug("{} could not be written and was taken back: {}", name, failure.getMessage());
    } else {
      log.error("{} could not be written and was taken back: {}", name, failure.getMessage());
    }
    lost.forEach(step -> step.durable().completeExceptionally(refusal));
  }

  private WaveException refusal(Throwable failure) {
    return new WaveException(
        Reason.UNAVAILABLE,
        "not written to " + name + ", try again later: " + failure.getMessage(),
        failure);
  }

  private void choreDone(@Nullable Throwable failure) {
    if (failure != null) {
      log.warn("{}: {}", name, failure.getMessage());
    }
  }

  // ---- watchers

  CompletionStage<Watch> watch(ParticipantId user, Watcher watcher, Executor watcherPool) {
    return run(
        writer -> {
          WatchQueue watch =
              new WatchQueue(user, watcher, watcherPool, limits.get().watcherBacklog());
          watches.begin(watch, durable);
          return CompletableFuture.completedStage(watch);
        });
  }

  // ---- cursors, snapshots, leaving memory

  /**
   * Ends deliveries to a domain that has no participant any more and has acknowledged its removal.
   * Takes its turn among the appends, so that a domain that joins again starts a new cursor after
   * this one is gone, never before.
   *
   * @param reached the peer and the version that it has acknowledged
   * @return whether the cursor is gone; false if the domain joined again, or has a later removal to
   *     hear of
   */
  CompletionStage<Boolean> removeCursor(DeliveryCursor reached) {
    return run(
        writer -> {
          CompletableFuture<Boolean> removed = new CompletableFuture<>();
          chores.add(() -> removeCursor(reached, removed));
          pump();
          return removed;
        });
  }

  private CompletionStage<Void> removeCursor(
      DeliveryCursor reached, CompletableFuture<Boolean> removed) {
    if (reached.version() < head.membership().until(reached.peerDomain())) {
      removed.complete(false);
      return CompletableFuture.completedStage(null);
    }
    return store
        .removeCursor(reached)
        .whenComplete((nothing, failure) -> Stages.complete(removed, true, failure));
  }

  /** Leaves memory if nobody uses the wavelet; whether it did. */
  CompletionStage<Boolean> closeIfIdle() {
    return run(
        writer -> {
          boolean idle =
              !busy
                  && pending.isNoneWaiting()
                  && chores.isEmpty()
                  && watches.isEmpty()
                  && !snapshots.isStoring();
          if (idle) {
            snapshots.store(durable, WORTH_A_SNAPSHOT);
            close("");
          }
          return CompletableFuture.completedStage(idle);
        });
  }

  /** Leaves memory as soon as what is under way has landed. */
  CompletionStage<Void> closeNow(String reason) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    mailbox.put(
        () -> {
          CompletionStage<?> snapshot = snapshots.store(durable, WORTH_A_SNAPSHOT);
          close(reason);
          Stages.all(List.of(writer.settled(), snapshot))
              .whenComplete((landed, failure) -> done.complete(null));
        });
    return done;
  }

  private void close(String reason) {
    if (!closed) {
      closed = true;
      watches.endAll(reason);
      events.closed(name, durable);
    }
  }
}
