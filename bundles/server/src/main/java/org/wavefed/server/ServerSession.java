// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.model.id.WaveletName;
import org.wavefed.server.concurrent.Deadlines;
import org.wavefed.server.concurrent.Threads;
import org.wavefed.server.delivery.DeliveryLoop;
import org.wavefed.server.federation.PeerGate;
import org.wavefed.server.host.HostedWavelets;
import org.wavefed.server.host.Signing;
import org.wavefed.server.peer.Acquaintances;
import org.wavefed.server.peer.Patience;
import org.wavefed.server.peer.PeerBook;
import org.wavefed.server.peer.PeerCalls;
import org.wavefed.server.peer.PeerDirectory;
import org.wavefed.server.peer.Signatures;
import org.wavefed.server.remote.Arrivals;
import org.wavefed.server.remote.RemoteSubmits;
import org.wavefed.server.remote.RemoteWavelets;
import org.wavefed.server.user.UserWaves;
import org.wavefed.server.wavelet.TrackedCopy;
import org.wavefed.server.wavelet.WaveletEvents;
import org.wavefed.server.wavelet.WaveletIndex;
import org.wavefed.server.wavelet.Wavelets;
import org.wavefed.store.DeliveryCursor;
import org.wavefed.store.DeltaStore;
import org.wavefed.transport.Route;
import org.wavefed.transport.WaveletUpdate;

/**
 * The whole server on one store: it begins when a store comes and ends when that store goes, so
 * that nothing in it ever has to do without one. Thread-safe.
 */
public final class ServerSession implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServerSession.class);

  /** How long to wait for what is being written. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Wavelets wavelets;
  private final WaveletIndex index;
  private final DeliveryLoop deliveries;
  private final UserWaves users;
  private final PeerGate gate;
  private final PeerDirectory peers;
  private final Acquaintances acquaintances;
  private final Patience patience;
  private final AutoCloseable foreignAppends;

  /**
   * Begins on a store.
   *
   * @param random for the jitter of back-offs
   * @param missed is told what a host has taken of ours, if that did not come back
   */
  public ServerSession(
      DeltaStore store,
      Services services,
      Supplier<Domains> domains,
      Supplier<Limits> limits,
      Threads threads,
      PeerBook book,
      Clock clock,
      RandomGenerator random,
      BiConsumer<Route, WaveletUpdate> missed) {
    Deadlines deadlines = new Deadlines(threads.timer());
    Predicate<String> isLocal = domain -> domains.get().isLocal(domain);
    PeerCalls calls =
        new PeerCalls(
            services::transports, () -> limits.get().replyTimeout(), book, deadlines, clock);
    Arrivals arrivals = new Arrivals();
    wavelets = new Wavelets(store, threads.workers(), limits, events(arrivals));
    index = new WaveletIndex(limits, isLocal, clock);
    deliveries =
        new DeliveryLoop(wavelets, calls, book, limits, isLocal, threads.timer(), clock, random);
    Signatures signatures = new Signatures(services, calls, clock);
    Signing signing = new Signing(services, threads.signers());
    HostedWavelets hosted = new HostedWavelets(wavelets, limits, isLocal, clock);
    RemoteWavelets remote =
        new RemoteWavelets(
            wavelets, calls, signatures, isLocal, limits, threads.workers(), deadlines, clock);
    patience = new Patience(book, calls, () -> limits.get().absence(), deadlines);
    RemoteSubmits submits =
        new RemoteSubmits(wavelets, remote, arrivals, calls, services, patience, deadlines, missed);
    users =
        new UserWaves(
            domains,
            limits,
            wavelets,
            index,
            hosted,
            remote,
            submits,
            signing,
            deadlines,
            threads.watchers());
    gate =
        new PeerGate(
            domains,
            limits,
            services,
            wavelets,
            hosted,
            remote,
            signing,
            signatures,
            book,
            localDomain -> deliveries.tryAll(),
            deliveries::heardOf);
    peers = new PeerDirectory(book, deliveries, clock.instant());
    book.whenHeard(deliveries::heard);
    foreignAppends = store.watchForeignAppends(wavelets::changedElsewhere);
    acquaintances = new Acquaintances(store, isLocal, book);
    // Before anything is sent: whom we know is not tried among strangers.
    acquaintances.read().whenComplete((read, failure) -> deliveries.start());
    index.readAll(wavelets);
  }

  private WaveletEvents events(Arrivals arrivals) {
    return new WaveletEvents() {
      @Override
      public void grown(WaveletName wavelet, TrackedCopy copy, List<DeliveryCursor> newCursors) {
        index.grown(wavelet, copy);
        arrivals.grown(wavelet, copy.version().version());
        deliveries.grown(wavelet, copy, newCursors);
      }

      @Override
      public void closed(WaveletName wavelet, TrackedCopy copy) {
        index.closed(wavelet, copy);
      }
    };
  }

  /** What users do. */
  public UserWaves users() {
    return users;
  }

  /** What peers ask. */
  public PeerGate gate() {
    return gate;
  }

  /** What waits for peers. */
  public DeliveryLoop deliveries() {
    return deliveries;
  }

  /** What is known of peers. */
  public PeerDirectory peers() {
    return peers;
  }

  /** The store that it is on. */
  public DeltaStore store() {
    return wavelets.store();
  }

  /** Ends: nothing new begins; what is being written is awaited for a bounded time. */
  @Override
  public void close() {
    acquaintances.stop();
    patience.close();
    deliveries.stop();
    index.stop();
    try {
      foreignAppends.close();
      wavelets
          .close("the storage of this server is going away; watch again later")
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.warn("stopped while something was still being written: {}", e.toString());
    } catch (Exception e) {
      // AutoCloseable may throw anything.
      log.warn("the feed of the store did not close: {}", e.toString());
    }
  }
}
