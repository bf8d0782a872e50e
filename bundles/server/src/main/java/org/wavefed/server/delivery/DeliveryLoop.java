// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.federation.DeliveryQueue;
import org.wavefed.federation.Peers.State;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.server.Limits;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.server.peer.PeerBook;
import org.wavefed.server.peer.PeerCalls;
import org.wavefed.server.wavelet.Membership;
import org.wavefed.server.wavelet.OpenWavelet;
import org.wavefed.server.wavelet.TrackedCopy;
import org.wavefed.server.wavelet.Wavelets;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.StoredDelta;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Route;
import org.wavefed.transport.WaveletUpdate;

/**
 * Carries out what the {@link DeliverySchedule} decides: reads deltas from the log, sends them,
 * moves cursors. Thread-safe.
 */
public final class DeliveryLoop implements DeliveryQueue {
  private static final Logger log = LoggerFactory.getLogger(DeliveryLoop.class);
  private static final int CURSORS_PER_PAGE = 1_000;

  /** How long to wait before reading the cursors again when that failed. */
  private static final Duration READ_AGAIN = Duration.ofSeconds(5);

  private final Wavelets wavelets;
  private final PeerCalls calls;
  private final Supplier<Limits> limits;
  private final Predicate<String> isLocal;
  private final ScheduledExecutorService timer;
  private final Clock clock;
  private final DeliverySchedule schedule;
  private final Object alarmLock = new Object();
  private @Nullable ScheduledFuture<?> alarm;
  private volatile boolean stopped;

  /** An update on its way, and the version after its last delta. */
  private record Sent(Delivery delivery, WaveletUpdate update, long upTo) {}

  /**
   * @param book what is known of peers
   * @param isLocal whether a domain is one of ours
   * @param timer what wakes the loop; nothing long runs on it
   * @param random for the jitter of back-offs
   */
  public DeliveryLoop(
      Wavelets wavelets,
      PeerCalls calls,
      PeerBook book,
      Supplier<Limits> limits,
      Predicate<String> isLocal,
      ScheduledExecutorService timer,
      Clock clock,
      RandomGenerator random) {
    this.wavelets = wavelets;
    this.calls = calls;
    this.limits = limits;
    this.isLocal = isLocal;
    this.timer = timer;
    this.clock = clock;
    this.schedule =
        new DeliverySchedule(
            limits.get().updatesPerPeer(), random, domain -> standing(book, domain));
  }

  private static Standing standing(PeerBook book, String domain) {
    if (!book.isAcquainted(domain)) {
      return Standing.STRANGER;
    }
    return book.entry(domain).filter(entry -> entry.state() == State.UP).isPresent()
        ? Standing.UP
        : Standing.DOWN;
  }

  // ---- what happens elsewhere

  /** Reads the cursors of the store and goes on where they are. */
  public void start() {
    readCursors(Optional.empty())
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null && !stopped) {
                log.warn("cursors are read again: {}", Stages.cause(failure).getMessage());
                timer.schedule(this::start, READ_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
              }
            });
  }

  private CompletionStage<Void> readCursors(Optional<DeliveryCursor> after) {
    return wavelets
        .store()
        .cursors(after, CURSORS_PER_PAGE)
        .thenCompose(
            page ->
                page.isEmpty() || stopped
                    ? CompletableFuture.completedStage(null)
                    : Stages.all(page.stream().map(this::resume).toList())
                        .thenCompose(
                            resumed -> {
                              pump();
                              return readCursors(Optional.of(page.get(page.size() - 1)));
                            }));
  }

  private CompletionStage<Void> resume(DeliveryCursor cursor) {
    return wavelets
        .store()
        .head(cursor.wavelet())
        .thenAccept(
            head ->
                schedule.track(cursor, head.map(HashedVersion::version).orElse(cursor.version())));
  }

  /** A wavelet has grown. */
  public void grown(WaveletName wavelet, TrackedCopy copy, List<DeliveryCursor> newCursors) {
    if (!isLocal.test(wavelet.host())) {
      return;
    }
    newCursors.forEach(cursor -> schedule.track(cursor, copy.version().version()));
    schedule.headMoved(wavelet, copy.version().version());
    pump();
  }

  /** A peer gave a sign of life. */
  public void heard(String domain) {
    if (schedule.waitingFor(domain) > 0) {
      schedule.heard(domain, clock.instant());
      pump();
    }
  }

  /** A peer wrote in a wavelet of ours. */
  public void heardOf(String domain, WaveletName wavelet) {
    if (schedule.heardOf(domain, wavelet, clock.instant())) {
      pump();
    }
  }

  @Override
  public List<Waiting> waiting(String peerDomain, int limit) {
    return schedule.waiting(peerDomain, limit);
  }

  @Override
  public void tryNow(String peerDomain) {
    schedule.tryNow(peerDomain);
    pump();
  }

  /** Something on our side is better now: everything that waits is tried. */
  public void tryAll() {
    schedule.waitingPeers().forEach(schedule::tryNow);
    pump();
  }

  /** What the schedule knows of peers. */
  public List<String> waitingPeers() {
    return schedule.waitingPeers();
  }

  /** How many wavelets wait for a peer. */
  public int waitingFor(String domain) {
    return schedule.waitingFor(domain);
  }

  /** When what waits for a peer is tried next, if it waits for time to pass. */
  public Optional<Instant> nextTry(String domain) {
    Instant now = clock.instant();
    return schedule.nextTry(domain).filter(instant -> instant.isAfter(now));
  }

  /** Starts nothing more. */
  public void stop() {
    stopped = true;
    synchronized (alarmLock) {
      if (alarm != null) {
        alarm.cancel(false);
      }
    }
  }

  // ---- the loop

  private void pump() {
    if (stopped) {
      return;
    }
    schedule.due(clock.instant()).forEach(this::deliver);
    schedule.nextDue().ifPresent(this::wakeAt);
  }

  private void wakeAt(Instant instant) {
    long millis = Math.max(1, Duration.between(clock.instant(), instant).toMillis() + 1);
    synchronized (alarmLock) {
      if (alarm == null || alarm.getDelay(TimeUnit.MILLISECONDS) > millis) {
        if (alarm != null) {
          alarm.cancel(false);
        }
        alarm = timer.schedule(this::ring, millis, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** An alarm that rings is over: what fails at once while it does must be able to set the next. */
  private void ring() {
    synchronized (alarmLock) {
      alarm = null;
    }
    pump();
  }

  private void deliver(Delivery delivery) {
    wavelets
        .find(delivery.wavelet())
        .thenCompose(wavelet -> deliver(delivery, wavelet))
        .exceptionally(
            failure -> {
              log.warn(
                  "{} waits for {}: {}",
                  delivery.wavelet(),
                  delivery.peer(),
                  Stages.cause(failure).getMessage());
              schedule.refused(delivery, clock.instant());
              return null;
            })
        .thenRun(this::pump);
  }

  private CompletionStage<Void> deliver(Delivery delivery, Optional<OpenWavelet> wavelet) {
    if (wavelet.isEmpty()) {
      schedule.forget(delivery.peer(), delivery.wavelet());
      return CompletableFuture.completedStage(null);
    }
    TrackedCopy now = wavelet.get().durable();
    long until = now.membership().until(delivery.peer());
    long target = Math.min(now.version().version(), until);
    if (delivery.noticeOnly()) {
      return notice(delivery, now, target);
    }
    return delivery.from() >= target
        ? landed(delivery, target, now.membership())
        : send(delivery, wavelet.get(), now, target);
  }

  private CompletionStage<Void> send(
      Delivery delivery, OpenWavelet wavelet, TrackedCopy now, long target) {
    return page(wavelet, delivery.from(), target)
        .thenCompose(
            page -> {
              if (page.isEmpty()) {
                return landed(delivery, target, now.membership());
              }
              List<StoredDelta> batch =
                  page.subList(0, Math.min(page.size(), limits.get().updateDeltas()));
              HashedVersion last = batch.get(batch.size() - 1).resulting();
              WaveletUpdate update =
                  new WaveletUpdate(
                      delivery.wavelet(),
                      batch.stream().map(StoredDelta::applied).toList(),
                      Optional.of(last));
              return send(new Sent(delivery, update, last.version()), now.membership());
            });
  }

  /** What a peer that is up to date lacks is in memory still; the log is for those behind. */
  private CompletionStage<List<StoredDelta>> page(OpenWavelet wavelet, long from, long target) {
    int most = limits.get().updateBytes();
    List<StoredDelta> newest = wavelet.newestFrom(from);
    boolean fits =
        !newest.isEmpty()
            && newest.get(newest.size() - 1).resulting().version() <= target
            && newest.stream().mapToLong(delta -> delta.applied().size()).sum() <= most;
    return fits
        ? CompletableFuture.completedStage(newest)
        : wavelets.page(wavelet.name(), from, target, most);
  }

  /** Asks a peer that acknowledges no deltas whether it is there for this wavelet at all. */
  private CompletionStage<Void> notice(Delivery delivery, TrackedCopy now, long target) {
    Optional<HashedVersion> committed =
        target == now.version().version() ? Optional.of(now.version()) : Optional.empty();
    CompletionStage<Optional<HashedVersion>> found =
        committed.isPresent()
            ? CompletableFuture.completedStage(committed)
            : wavelets
                .store()
                .endingAt(delivery.wavelet(), target)
                .thenApply(delta -> delta.map(StoredDelta::resulting));
    return found.thenCompose(
        version ->
            send(
                new Sent(
                    delivery,
                    new WaveletUpdate(delivery.wavelet(), new ArrayList<>(), version),
                    target),
                now.membership()));
  }

  private CompletionStage<Void> send(Sent sent, Membership membership) {
    Delivery delivery = sent.delivery;
    Route route = new Route(delivery.wavelet().host(), delivery.peer());
    Instant start = clock.instant();
    return calls
        .call(route, (transport, way, timeout) -> transport.update(way, sent.update, timeout))
        .handle(
            (acknowledged, failure) ->
                failure == null
                    ? acknowledged(sent, membership)
                    : failed(sent, route, start, Stages.cause(failure)))
        .thenCompose(stage -> stage);
  }

  private CompletionStage<Void> acknowledged(Sent sent, Membership membership) {
    return sent.delivery.noticeOnly() && isDoubted(sent)
        ? CompletableFuture.completedStage(null)
        : landed(sent.delivery, sent.upTo, membership);
  }

  /** Whether a peer that acknowledged a notice alone may still lack the deltas. */
  private boolean isDoubted(Sent sent) {
    int doubts = schedule.doubted(sent.delivery, sent.upTo, clock.instant());
    if (doubts <= 1) {
      log.warn(
          "{} acknowledges version {} of {}, but no deltas; {}",
          sent.delivery.peer(),
          sent.upTo,
          sent.delivery.wavelet(),
          doubts == 1 ? "they are sent again later" : "it is taken to have them");
    }
    return doubts > 0;
  }

  private CompletionStage<Void> landed(Delivery delivery, long upTo, Membership membership) {
    DeliveryCursor cursor = new DeliveryCursor(delivery.peer(), delivery.wavelet(), upTo);
    boolean moved = schedule.acknowledged(delivery, upTo);
    CompletionStage<Void> kept =
        moved ? wavelets.store().moveCursor(cursor) : CompletableFuture.completedStage(null);
    return upTo < membership.until(delivery.peer())
        ? kept
        : kept.thenCompose(done -> remove(cursor));
  }

  /** The peer knows that its last participant is gone: nothing more is sent. */
  private CompletionStage<Void> remove(DeliveryCursor cursor) {
    return wavelets
        .removeCursor(cursor)
        .thenAccept(
            gone -> {
              if (gone) {
                schedule.forget(cursor.peerDomain(), cursor.wavelet());
              }
            });
  }

  private CompletionStage<Void> failed(Sent sent, Route route, Instant start, Throwable failure) {
    if (!(failure instanceof FederationException refusal)) {
      return CompletableFuture.failedStage(failure);
    }
    switch (refusal.reason()) {
      case NO_SUCH_DOMAIN,
          NO_WAVE_SERVICE,
          REFUSED,
          NOT_CONNECTED,
          OVERLOADED,
          REMOTE_SERVER_TIMEOUT ->
          schedule.unreachable(sent.delivery, clock.instant());
      case TIMED_OUT -> {
        return calls.isAlive(route, start).thenAccept(alive -> silent(sent, alive));
      }
      default -> {
        log.debug(
            "{} refused {}: {}", route.peerDomain(), sent.delivery.wavelet(), refusal.getMessage());
        schedule.refused(sent.delivery, clock.instant());
      }
    }
    return CompletableFuture.completedStage(null);
  }

  private void silent(Sent sent, boolean alive) {
    if (alive) {
      schedule.silent(sent.delivery, sent.upTo, clock.instant());
    } else {
      schedule.unreachable(sent.delivery, clock.instant());
    }
  }
}
