// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wavefed.dns.DnsAnswer;
import org.wavefed.dns.DnsAnswer.Kind;
import org.wavefed.dns.DnsResolver;
import org.wavefed.dns.SrvRecord;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;

/**
 * Finds the targets of a domain: SRV records for STARTTLS and direct TLS mixed by priority
 * (XEP-0368), and without any of them the domain itself on port 5269. Thread-safe.
 */
public final class Resolution {
  private static final int DEFAULT_PORT = 5269;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Which steps a resolution is recorded as. */
  record Numbers(int srv, int addresses) {}

  private record Offer(SrvRecord record, boolean directTls) {
    Target target() {
      return new Target(record.target(), record.port(), directTls);
    }
  }

  private record Found(@Nullable DnsAnswer<SrvRecord> answer, @Nullable Throwable failure) {

    Stream<SrvRecord> records() {
      return answer == null ? Stream.empty() : answer.records().stream();
    }
  }

  private final DnsResolver dns;
  private final RandomGenerator random;

  /** Asks that resolver; the randomness spreads load by weight. */
  public Resolution(DnsResolver dns, RandomGenerator random) {
    this.dns = dns;
    this.random = random;
  }

  /**
   * The targets of the domain in the order in which to try them, at least one; or fails with a
   * {@link FederationException}.
   */
  CompletableFuture<List<Target>> targets(
      String domain, boolean fresh, Numbers numbers, Journal journal) {
    CompletableFuture<Found> plain = srv("_xmpp-server._tcp.", domain, fresh, numbers, journal);
    CompletableFuture<Found> direct = srv("_xmpps-server._tcp.", domain, fresh, numbers, journal);
    return plain
        .thenCombine(direct, (p, d) -> decide(domain, p, d))
        .thenCompose(
            targets ->
                targets.isPresent()
                    ? withoutFallback(domain, targets.get(), numbers, journal)
                    : fallback(domain, fresh, numbers, journal));
  }

  private CompletableFuture<Found> srv(
      String service, String domain, boolean fresh, Numbers numbers, Journal journal) {
    String name = service + domain;
    Journal.Entry entry = journal.begin(numbers.srv(), "SRV " + name);
    if (fresh) {
      dns.flush(Optional.of(name));
    }
    return dns.srv(name, TIMEOUT)
        .toCompletableFuture()
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                entry.failed(failure);
              } else if (answer.kind() == Kind.FOUND) {
                entry.done(text(answer.records()) + validated(answer));
              } else {
                entry.failed(why(answer.kind()) + validated(answer));
              }
              return new Found(answer, failure);
            });
  }

  /** The targets; empty if the fallback is allowed. */
  private Optional<List<Target>> decide(String domain, Found plain, Found direct) {
    List<Offer> offers = new ArrayList<>();
    plain.records().forEach(srv -> offers.add(new Offer(srv, false)));
    direct.records().forEach(srv -> offers.add(new Offer(srv, true)));
    List<Offer> offered =
        offers.stream().filter(o -> !o.record().isNotOffered() && o.record().port() > 0).toList();
    if (!offered.isEmpty()) {
      return Optional.of(
          SrvSelection.order(offered, o -> o.record().priority(), o -> o.record().weight(), random)
              .stream()
              .map(Offer::target)
              .toList());
    }
    if (plain.failure() != null || direct.failure() != null) {
      // Not knowing whether there are records is no permission to do without them.
      Throwable failure = plain.failure() != null ? plain.failure() : direct.failure();
      throw failure("the SRV records of " + domain, failure);
    }
    if (!offers.isEmpty()) {
      throw new FederationException(
          FailureReason.NO_SUCH_DOMAIN,
          domain + " does not federate: its SRV record says that the service is not offered");
    }
    return Optional.empty();
  }

  /** What has no answer from the DNS is not found (RFC 6120, 8.3.3.16), whatever was asked. */
  static FederationException failure(String what, @Nullable Throwable failure) {
    Throwable cause = failure == null ? new IllegalStateException() : failure;
    return new FederationException(
        FailureReason.NO_SUCH_DOMAIN, what + " cannot be looked up: " + Journal.text(cause), cause);
  }

  private static CompletableFuture<List<Target>> withoutFallback(
      String domain, List<Target> targets, Numbers numbers, Journal journal) {
    journal.skipped(numbers.addresses(), "A, AAAA " + domain, "there are SRV records");
    return CompletableFuture.completedFuture(targets);
  }

  private CompletableFuture<List<Target>> fallback(
      String domain, boolean fresh, Numbers numbers, Journal journal) {
    Journal.Entry entry = journal.begin(numbers.addresses(), "A, AAAA " + domain);
    if (fresh) {
      dns.flush(Optional.of(domain));
    }
    return dns.addresses(domain, TIMEOUT)
        .toCompletableFuture()
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                entry.failed(failure);
                throw failure("the addresses of " + domain, failure);
              }
              if (answer.kind() != Kind.FOUND) {
                entry.failed(why(answer.kind()));
                throw new FederationException(
                    FailureReason.NO_SUCH_DOMAIN,
                    domain + " cannot be found: no SRV record and no address");
              }
              entry.done(Dialer.text(answer.records()) + validated(answer));
              return List.of(new Target(domain, DEFAULT_PORT, false));
            });
  }

  /** What operators see of DNSSEC. */
  static String validated(DnsAnswer<?> answer) {
    return answer.authenticated() ? " (DNSSEC: validated)" : "";
  }

  static String why(Kind kind) {
    return kind == Kind.NO_SUCH_NAME ? "no such name" : "no such records";
  }

  private static String text(List<SrvRecord> records) {
    return records.stream().map(Resolution::text).sorted().collect(Collectors.joining(", "));
  }

  private static String text(SrvRecord srv) {
    return srv.priority() + " " + srv.weight() + " " + srv.port() + " " + srv.target() + ".";
  }
}
