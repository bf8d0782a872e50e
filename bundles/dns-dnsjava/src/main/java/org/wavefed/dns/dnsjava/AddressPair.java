// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wavefed.dns.DnsAnswer.Kind;
import org.xbill.DNS.Record;

/** Puts the answers to a question for A and one for AAAA together. */
final class AddressPair {
  /**
   * How long addresses of one kind wait for the others: not for good, since some nameservers never
   * answer questions for AAAA (RFC 8305, 3).
   */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private record Outcome(@Nullable RecordSet set, @Nullable Throwable failure) {
    static final Outcome LATE = new Outcome(null, null);

    boolean isFound() {
      return set != null && set.kind() == Kind.FOUND;
    }
  }

  private AddressPair() {}

  static CompletableFuture<RecordSet> join(
      CompletableFuture<RecordSet> four, CompletableFuture<RecordSet> six) {
    CompletableFuture<Outcome> a = four.handle(Outcome::new);
    CompletableFuture<Outcome> b = six.handle(Outcome::new);
    hurry(a, b);
    hurry(b, a);
    return a.thenCombine(b, AddressPair::merge);
  }

  private static void hurry(CompletableFuture<Outcome> first, CompletableFuture<Outcome> other) {
    first.thenAccept(
        outcome -> {
          if (outcome.isFound()) {
            other.completeOnTimeout(Outcome.LATE, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
          }
        });
  }

  /** One kind of address is enough; with none, a failure leaves open whether there are any. */
  private static RecordSet merge(Outcome a, Outcome b) {
    List<RecordSet> found =
        List.of(a, b).stream()
            .filter(Outcome::isFound)
            .flatMap(o -> Optional.ofNullable(o.set).stream())
            .toList();
    if (!found.isEmpty()) {
      return union(found);
    }
    if (a.set == null || b.set == null) {
      throw new CompletionException(a.failure != null ? a.failure : b.failure);
    }
    return union(List.of(a.set, b.set));
  }

  private static RecordSet union(List<RecordSet> sets) {
    List<Record> records = sets.stream().flatMap(set -> set.records().stream()).toList();
    long seconds = sets.stream().mapToLong(RecordSet::seconds).min().orElse(0);
    boolean authenticated = sets.stream().allMatch(RecordSet::authenticated);
    return new RecordSet(sets.get(0).kind(), records, seconds, authenticated);
  }
}
