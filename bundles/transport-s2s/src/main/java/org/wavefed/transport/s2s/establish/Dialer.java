// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import java.net.Inet6Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wavefed.dns.DnsAnswer;
import org.wavefed.dns.DnsAnswer.Kind;
import org.wavefed.dns.DnsResolver;
import org.wavefed.dns.HostAddress;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.endpoint.Timers;

/**
 * Opens a stream to a domain at the first of its targets that lets us: target after target, the
 * addresses of each in a {@link Race}. If none does, the reason is that of the first server that
 * took the connection, and where none did, that of the last target. Thread-safe.
 *
 * @param <S> what a stream is
 */
public final class Dialer<S> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int ADDRESSES_MAX = 16;
  private static final int TARGETS_MAX = 16;

  /** A stream, and where it goes. */
  public record Dialed<S>(S stream, Endpoint endpoint) {}

  private final Resolution resolution;
  private final DnsResolver dns;
  private final Connector<S> connector;
  private final Timers timers;

  /** A dialer that finds its way by that resolution. */
  public Dialer(Resolution resolution, DnsResolver dns, Connector<S> connector, Timers timers) {
    this.resolution = resolution;
    this.dns = dns;
    this.connector = connector;
    this.timers = timers;
  }

  /** Finds and opens a stream to the domain, or fails with a {@link FederationException}. */
  public CompletableFuture<Dialed<S>> dial(String domain) {
    Journal journal = new Journal(timers);
    return resolution
        .targets(domain, false, new Resolution.Numbers(1, 3), journal)
        .thenCompose(targets -> dial(domain, targets, false, 5, journal));
  }

  /** Opens a stream to the domain at the first target that works. */
  CompletableFuture<Dialed<S>> dial(
      String domain, List<Target> targets, boolean fresh, int number, Journal journal) {
    List<Target> tried = targets.subList(0, Math.min(targets.size(), TARGETS_MAX));
    Attempt attempt = new Attempt(domain, fresh, number, journal, new AtomicReference<>());
    return next(attempt, tried.iterator(), null);
  }

  /**
   * What is wanted.
   *
   * @param answer why the first server that took the connection did not let us in
   */
  private record Attempt(
      String domain,
      boolean fresh,
      int number,
      Journal journal,
      AtomicReference<@Nullable Throwable> answer) {}

  private CompletableFuture<Dialed<S>> next(
      Attempt attempt, Iterator<Target> targets, @Nullable Throwable before) {
    if (!targets.hasNext()) {
      Throwable answer = attempt.answer().get();
      return CompletableFuture.failedFuture(unreachable(answer == null ? before : answer));
    }
    Target target = targets.next();
    return endpoints(target, attempt)
        .thenCompose(endpoints -> race(attempt, endpoints))
        .exceptionallyCompose(failure -> next(attempt, targets, failure));
  }

  private CompletableFuture<List<Endpoint>> endpoints(Target target, Attempt attempt) {
    Journal.Entry entry = attempt.journal().begin(attempt.number(), "A, AAAA " + target.host());
    if (attempt.fresh()) {
      dns.flush(Optional.of(target.host()));
    }
    return dns.addresses(target.host(), TIMEOUT)
        .toCompletableFuture()
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                entry.failed(failure);
                throw Resolution.failure("the addresses of " + target.host(), failure);
              }
              return endpoints(target, answer, entry);
            });
  }

  private static List<Endpoint> endpoints(
      Target target, DnsAnswer<HostAddress> answer, Journal.Entry entry) {
    if (answer.kind() != Kind.FOUND) {
      entry.failed(Resolution.why(answer.kind()));
      throw new FederationException(
          FailureReason.NO_SUCH_DOMAIN, target.host() + " has no address");
    }
    entry.done(text(answer.records()) + Resolution.validated(answer));
    return alternating(answer.records()).stream()
        .limit(ADDRESSES_MAX)
        .map(address -> new Endpoint(target, address.address()))
        .toList();
  }

  private CompletableFuture<Dialed<S>> race(Attempt attempt, List<Endpoint> endpoints) {
    return new Race<>(connector, timers, attempt.journal(), attempt.number(), endpoints)
        .run()
        .thenCompose(won -> open(attempt, won));
  }

  private CompletableFuture<Dialed<S>> open(Attempt attempt, Race.Won<S> won) {
    Journal.Entry entry =
        attempt
            .journal()
            .begin(attempt.number(), "stream to " + attempt.domain() + " at " + won.endpoint());
    return won.connection()
        .open(attempt.domain())
        .thenApply(
            stream -> {
              entry.done("authenticated");
              return new Dialed<>(stream, won.endpoint());
            })
        .exceptionallyCompose(
            failure -> {
              entry.failed(failure);
              attempt.answer().compareAndSet(null, failure);
              return won.remaining().isEmpty()
                  ? CompletableFuture.failedFuture(failure)
                  : race(attempt, won.remaining());
            });
  }

  private static FederationException unreachable(@Nullable Throwable failure) {
    Throwable why = failure == null ? new IllegalStateException("no targets") : failure;
    Throwable cause =
        why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
    return cause instanceof FederationException known
        ? known
        : new FederationException(FailureReason.REFUSED, Journal.text(cause), cause);
  }

  /** IPv6 and IPv4 in turn, IPv6 first (RFC 8305, 4). */
  private static List<HostAddress> alternating(List<HostAddress> addresses) {
    List<HostAddress> six = new ArrayList<>();
    List<HostAddress> four = new ArrayList<>();
    addresses.forEach(a -> (a.address() instanceof Inet6Address ? six : four).add(a));
    List<HostAddress> all = new ArrayList<>();
    for (int i = 0; i < Math.max(six.size(), four.size()); i++) {
      for (List<HostAddress> family : List.of(six, four)) {
        if (i < family.size()) {
          all.add(family.get(i));
        }
      }
    }
    return all;
  }

  static String text(List<HostAddress> addresses) {
    return addresses.stream().map(HostAddress::text).collect(Collectors.joining(", "));
  }
}
