// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.Route;
import org.wavefed.transport.WaveletUpdate;

/** Updates of about a kilobyte, a fixed number in flight: the next goes when a receipt comes. */
final class Load {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int DELTA_BYTES = 512;
  private static final int KEPT_MAX = 4_000_000;

  private final FederationTransport transport;
  private final Route route;
  private final WaveletUpdate update;
  private final long end;
  private final long[] nanos = new long[KEPT_MAX];
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger open;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private Load(FederationTransport transport, Route route, int inFlight, Duration length) {
    this.transport = transport;
    this.route = route;
    this.open = new AtomicInteger(inFlight);
    this.end = System.nanoTime() + length.toNanos();
    byte[] delta = new byte[DELTA_BYTES];
    new Random(1).nextBytes(delta);
    this.update =
        new WaveletUpdate(
            WaveletName.parseUri("wave://" + route.localDomain() + "/w+bench/conv+root"),
            List.of(Bytes.copyOf(delta)),
            Optional.of(new HashedVersion(1, Bytes.copyOf(new byte[20]))));
  }

  /** Runs the load to its end, the last receipt. */
  static Reading run(FederationTransport transport, Route route, int inFlight, Duration length)
      throws InterruptedException, ExecutionException, TimeoutException {
    Load load = new Load(transport, route, inFlight, length);
    long start = System.nanoTime();
    for (int i = 0; i < inFlight; i++) {
      load.next();
    }
    load.done.get(length.plus(TIMEOUT).toSeconds() + 1, TimeUnit.SECONDS);
    double seconds = (System.nanoTime() - start) / 1e9;
    int count = Math.min(load.answered.get(), KEPT_MAX);
    Arrays.sort(load.nanos, 0, count);
    return new Reading(
        count / seconds, load.nanos[count / 2] / 1e3, load.nanos[count * 99 / 100] / 1e3, count);
  }

  private void next() {
    long sent = System.nanoTime();
    transport.update(route, update, TIMEOUT).whenComplete((ok, failure) -> back(sent, failure));
  }

  private void back(long sent, @Nullable Throwable failure) {
    if (failure != null) {
      done.completeExceptionally(failure);
      return;
    }
    long now = System.nanoTime();
    int index = answered.getAndIncrement();
    if (index < KEPT_MAX) {
      nanos[index] = now - sent;
    }
    if (now < end && index < KEPT_MAX) {
      next();
    } else if (open.decrementAndGet() == 0) {
      done.complete(null);
    }
  }
}
