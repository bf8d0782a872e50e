// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.ProbeReport;
import org.wavefed.transport.s2s.establish.Connector.Discoverer;
import org.wavefed.transport.s2s.establish.Dialer.Dialed;
import org.wavefed.transport.s2s.establish.Resolution.Numbers;
import org.wavefed.xmpp.endpoint.Timers;

/**
 * Goes through the thirteen steps from a domain to a connection with its wave service ({@code
 * docs/s2s.md}, Connection establishment) and writes down each. Thread-safe.
 *
 * @param <S> what a stream is
 */
public final class Establishment<S> {
  private static final Numbers FIRST = new Numbers(1, 3);
  private static final Numbers FOUND = new Numbers(7, 7);
  private static final Numbers GUESSED = new Numbers(10, 10);
  private static final int CONNECT = 5;
  private static final int DISCOVER = 6;
  private static final int FOUND_CONNECT = 7;
  private static final int GUESS = 9;
  private static final int GUESSED_CONNECT = 11;
  private static final int READY = 12;
  private static final int FAILED = 13;

  private final Resolution resolution;
  private final Dialer<S> dialer;
  private final Discoverer<S> discoverer;
  private final Timers timers;

  /** Resolves, connects and discovers by these. */
  public Establishment(
      Resolution resolution, Dialer<S> dialer, Discoverer<S> discoverer, Timers timers) {
    this.resolution = resolution;
    this.dialer = dialer;
    this.discoverer = discoverer;
    this.timers = timers;
  }

  /** Goes to the end; what was connected is closed again. Never fails, the report may say so. */
  public CompletableFuture<ProbeReport> run(String domain, boolean fresh) {
    return new Run(domain, fresh).start();
  }

  private final class Run {
    private final String domain;
    private final boolean fresh;
    private final Journal journal = new Journal(timers);
    private volatile @Nullable Dialed<S> first;

    Run(String domain, boolean fresh) {
      this.domain = domain;
      this.fresh = fresh;
    }

    CompletableFuture<ProbeReport> start() {
      return resolution
          .targets(domain, fresh, FIRST, journal)
          .thenCompose(this::connect)
          .exceptionally(this::failed)
          .whenComplete((report, failure) -> close());
    }

    /** Steps 5 and 6; whoever cannot be connected to or asked is guessed at. */
    private CompletableFuture<ProbeReport> connect(List<Target> targets) {
      return dialer
          .dial(domain, targets, fresh, CONNECT, journal)
          .thenCompose(this::discover)
          .handle((service, failure) -> failure == null ? service : Optional.<String>empty())
          .thenCompose(service -> service.map(this::found).orElseGet(this::guess));
    }

    private CompletableFuture<Optional<String>> discover(Dialed<S> dialed) {
      first = dialed;
      Journal.Entry entry = journal.begin(DISCOVER, "items of " + domain);
      return discoverer
          .waveService(dialed.stream(), domain)
          .whenComplete(
              (service, failure) -> {
                if (failure != null) {
                  entry.failed(failure);
                } else if (service.isEmpty()) {
                  entry.failed("no wave service among them");
                } else {
                  entry.done("the wave service is " + service.get());
                }
              });
    }

    /** Steps 7 and 8. */
    private CompletableFuture<ProbeReport> found(String service) {
      Dialed<S> existing = first;
      if (existing != null
          && (service.equals(domain) || service.equals(existing.endpoint().target().host()))) {
        journal.skipped(FOUND_CONNECT, "SRV " + service, "it is the host that we are connected to");
        return CompletableFuture.completedFuture(ready(service, existing.endpoint()));
      }
      return second(service, FOUND, FOUND_CONNECT).exceptionallyCompose(failure -> guess());
    }

    /** Steps 9 to 11. */
    private CompletableFuture<ProbeReport> guess() {
      String guess = "wave." + domain;
      journal.begin(GUESS, "guess").done(guess);
      return second(guess, GUESSED, GUESSED_CONNECT);
    }

    private CompletableFuture<ProbeReport> second(String service, Numbers numbers, int connect) {
      return resolution
          .targets(service, fresh, numbers, journal)
          .thenCompose(targets -> reach(service, targets, connect));
    }

    private CompletableFuture<ProbeReport> reach(String service, List<Target> targets, int number) {
      Dialed<S> existing = first;
      if (existing != null
          && targets.stream().anyMatch(existing.endpoint().target()::isSameServer)) {
        journal.skipped(
            number, "connect " + existing.endpoint(), "host and port are those of step 5");
        return answering(service, existing.endpoint(), number);
      }
      return dialer
          .dial(service, targets, fresh, number, journal)
          .exceptionallyCompose(failure -> unreachable(service, failure))
          .thenCompose(
              dialed -> {
                discoverer.close(dialed.stream());
                return answering(service, dialed.endpoint(), number);
              });
    }

    /**
     * A server that lets us in need not for a guess, nor have a wave service there; what was found
     * has answered.
     */
    private CompletableFuture<ProbeReport> answering(
        String service, Endpoint endpoint, int number) {
      if (number != GUESSED_CONNECT) {
        return CompletableFuture.completedFuture(ready(service, endpoint));
      }
      Journal.Entry entry = journal.begin(number, "info of " + service);
      return discoverer
          .requireService(service)
          .whenComplete(
              (is, failure) -> {
                if (failure == null) {
                  entry.done("it is a wave service");
                } else {
                  entry.failed(failure);
                }
              })
          .exceptionallyCompose(failure -> unreachable(service, failure))
          .thenApply(is -> ready(service, endpoint));
    }

    private static <T> CompletableFuture<T> unreachable(String service, Throwable failure) {
      boolean answered =
          Journal.cause(failure) instanceof FederationException why
              && why.reason() == FailureReason.NO_WAVE_SERVICE;
      return CompletableFuture.failedFuture(
          new FederationException(
              answered ? FailureReason.NO_WAVE_SERVICE : FailureReason.REFUSED,
              service
                  + (answered ? " is no wave service: " : " cannot be reached: ")
                  + Journal.text(failure),
              failure));
    }

    private ProbeReport ready(String service, Endpoint endpoint) {
      String where = service + " at " + endpoint;
      journal.begin(READY, "ready").done(where);
      return new ProbeReport(domain, journal.steps(), Optional.of(service), where);
    }

    private ProbeReport failed(Throwable failure) {
      journal.begin(FAILED, "failed").failed(failure);
      return new ProbeReport(domain, journal.steps(), Optional.empty(), Journal.text(failure));
    }

    private void close() {
      Dialed<S> existing = first;
      if (existing != null) {
        discoverer.close(existing.stream());
      }
    }
  }
}
