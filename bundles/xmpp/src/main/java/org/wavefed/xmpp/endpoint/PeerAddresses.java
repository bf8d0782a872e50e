// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;

/**
 * The wave services of other domains, as discovered: found ones for two hours, failures for some
 * seconds, longer each time up to half a minute; at most some thousands of domains, the least used
 * forgotten first. One discovery runs per domain however many ask. Thread-safe.
 */
final class PeerAddresses {
  private static final int DOMAINS = 4096;
  private static final Duration FOUND = Duration.ofHours(2);
  private static final Duration FAILED = Duration.ofSeconds(3);
  private static final Duration FAILED_OFTEN = Duration.ofSeconds(30);
  private static final Duration DOUBTED = Duration.ofSeconds(1);

  /**
   * What is known of a domain.
   *
   * @param failures how often in a row it was not found
   * @param since when it was found or not; or when the discovery began
   */
  private record Entry(SharedAnswer<Jid> address, int failures, long since) {
    boolean isFound() {
      return address.isDone() && !address.isFailure();
    }

    Duration kept() {
      Duration doubled = FAILED.multipliedBy(1L << Math.min(10, Math.max(0, failures - 1)));
      return isFound() ? FOUND : shorter(doubled, FAILED_OFTEN);
    }
  }

  private final Timers timers;
  private final BiFunction<String, CallRoom.For, CompletableFuture<Jid>> discovery;

  /** Guarded by itself. */
  private final Map<String, Entry> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
          return size() > DOMAINS;
        }
      };

  PeerAddresses(Timers timers, BiFunction<String, CallRoom.For, CompletableFuture<Jid>> discovery) {
    this.timers = timers;
    this.discovery = discovery;
  }

  /** The address, within the timeout. */
  CompletableFuture<Jid> find(String domain, Duration timeout) {
    return within(timeout, domain, entry(domain, FOUND).address().ask());
  }

  /**
   * Whether the address is the domain's wave service. Somebody who calls is there: an earlier
   * failure to find him, or another address, is looked into again. Fails if we cannot look now.
   */
  CompletableFuture<Boolean> isServiceOf(String address, String domain, Duration timeout) {
    return find(domain, timeout)
        .handle((found, failure) -> failure == null && address.equals(found.toString()))
        .thenCompose(
            is ->
                is
                    ? CompletableFuture.completedFuture(true)
                    : within(timeout, domain, entry(domain, DOUBTED).address().ask())
                        .handle((found, f) -> is(address, found, f)));
  }

  /** That we could not look says nothing about the peer: it may come again. */
  private static boolean is(String address, @Nullable Jid found, @Nullable Throwable failure) {
    if (failure != null && Failures.isOurs(Failures.of(failure))) {
      throw Failures.of(failure);
    }
    return found != null && address.equals(found.toString());
  }

  /** The address does not work: the next call looks for it anew. */
  void forget(String domain) {
    synchronized (entries) {
      entries.remove(domain);
    }
  }

  /** The address is alive: failures to find it or the domain above it count no more. */
  void heardFrom(Jid address) {
    String domain = address.getDomain().toString();
    while (!domain.isEmpty()) {
      synchronized (entries) {
        Entry entry = entries.get(domain);
        if (entry != null && entry.address().isFailure()) {
          entries.remove(domain);
        }
      }
      int dot = domain.indexOf('.');
      domain = dot < 0 ? "" : domain.substring(dot + 1);
    }
  }

  /** What is known, if it is no older than that; or else a new discovery. */
  @SuppressWarnings("FutureReturnValueIgnored") // What it completes is the result.
  private Entry entry(String domain, Duration ageMax) {
    Entry fresh;
    CallRoom.For whom;
    synchronized (entries) {
      Entry known = entries.get(domain);
      if (known != null && isFresh(known, ageMax)) {
        return known;
      }
      int failures = known == null ? 0 : known.failures();
      fresh = new Entry(new SharedAnswer<>(), failures, timers.now());
      whom = known != null && known.isFound() ? CallRoom.For.PEER : CallRoom.For.STRANGER;
      entries.put(domain, fresh);
    }
    discovery
        .apply(domain, whom)
        .whenComplete((address, failure) -> complete(domain, fresh, address, failure));
    return fresh;
  }

  private boolean isFresh(Entry entry, Duration ageMax) {
    return !entry.address().isDone()
        || timers.now() - entry.since() < shorter(entry.kept(), ageMax).toNanos();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void complete(
      String domain, Entry entry, @Nullable Jid address, @Nullable Throwable failure) {
    if (failure == null && address != null) {
      keep(domain, entry, 0);
      entry.address().complete(address);
      return;
    }
    FederationException reason = Failures.of(Objects.requireNonNull(failure));
    if (Failures.isOurs(reason)) {
      synchronized (entries) {
        entries.remove(domain, entry);
      }
    } else {
      keep(domain, entry, entry.failures() + 1);
    }
    entry.address().fail(reason);
  }

  private void keep(String domain, Entry entry, int failures) {
    synchronized (entries) {
      entries.replace(domain, entry, new Entry(entry.address(), failures, timers.now()));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What it completes is the result.
  private CompletableFuture<Jid> within(
      Duration timeout, String domain, CompletableFuture<Jid> address) {
    if (address.isDone()) {
      return address;
    }
    CompletableFuture<Jid> result = new CompletableFuture<>();
    Timers.Timer timer =
        timers.schedule(
            timeout,
            () ->
                result.completeExceptionally(
                    new FederationException(
                        FailureReason.TIMED_OUT,
                        "the wave service of %s was not found within %d ms"
                            .formatted(domain, timeout.toMillis()))));
    address.whenComplete(
        (found, failure) -> {
          timer.cancel();
          if (failure == null) {
            result.complete(found);
          } else {
            result.completeExceptionally(Failures.of(failure));
          }
        });
    return result;
  }
}
