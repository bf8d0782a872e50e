// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.xmpp.endpoint.Timers;

/**
 * An address that others are to connect to. When it cannot be listened on, that is said once, and
 * tried again until it can, after a second and then each time after twice as long, up to a minute.
 * Thread-safe.
 */
final class ListeningPoint {
  static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(S2sTransport.class);

  private final String key;
  private final InetSocketAddress wanted;
  private final Supplier<CompletableFuture<InetSocketAddress>> bind;
  private final Timers timers;
  private final Runnable changed;
  private volatile boolean closed;

  /** Guarded by this, as all below. */
  private @Nullable InetSocketAddress bound;

  private String trouble = "";
  private Duration wait = FIRST_WAIT;

  /**
   * A point that does not listen yet.
   *
   * @param key where it is configured
   * @param bind listens, and says where; the port is never 0
   * @param changed is told when {@link #bound} or {@link #trouble} have changed
   */
  ListeningPoint(
      String key,
      InetSocketAddress wanted,
      Supplier<CompletableFuture<InetSocketAddress>> bind,
      Timers timers,
      Runnable changed) {
    this.key = key;
    this.wanted = wanted;
    this.bind = bind;
    this.timers = timers;
    this.changed = changed;
  }

  /** Where it listens. */
  synchronized Optional<InetSocketAddress> bound() {
    return Optional.ofNullable(bound);
  }

  /** Why it does not, in a few words; empty if it does. */
  synchronized Optional<String> trouble() {
    return Optional.of(trouble).filter(text -> !text.isEmpty());
  }

  /** Listens; completes after the first try. */
  CompletableFuture<Void> open() {
    return bind.get()
        .handle(
            (address, failure) -> {
              if (failure == null) {
                opened(address);
              } else {
                failed(failure);
              }
              return null;
            });
  }

  /** Tries no more; what listens already is not closed by it. */
  void close() {
    closed = true;
  }

  private void opened(InetSocketAddress address) {
    boolean late;
    synchronized (this) {
      late = !trouble.isEmpty();
      bound = address;
      trouble = "";
    }
    if (late) {
      LOG.info("others can connect now: listening on {}", NetUtil.toSocketAddressString(address));
      changed.run();
    }
  }

  private void failed(Throwable failure) {
    boolean first;
    Duration next;
    synchronized (this) {
      first = trouble.isEmpty();
      trouble =
          "cannot listen on %s (%s)"
              .formatted(NetUtil.toSocketAddressString(wanted), failure.getMessage());
      next = wait;
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
    }
    if (first) {
      LOG.error(
          "{}: nobody can connect to us there, but we connect to others; free the port, or change"
              + " {} in etc/{}; it is tried again and again",
          trouble().orElse(""),
          key,
          S2sConfiguration.FILE);
      changed.run();
    }
    timers.schedule(next, this::again);
  }

  private void again() {
    if (!closed) {
      open();
    }
  }
}
