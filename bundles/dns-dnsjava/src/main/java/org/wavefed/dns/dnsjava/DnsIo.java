// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Carries questions to nameservers, on one thread of its own. dnsjava's own sockets are shared by
 * all of the process and end a question at the first wrong packet, so only its wire format is used.
 * Thread-safe; answers are completed on the thread.
 */
final class DnsIo implements AutoCloseable {
  private static final long CLOSE_MILLIS = 5_000;

  private final Selector selector;
  private final Queue<Exchange> fresh = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "wavefed-dns");
  private volatile boolean closed;

  DnsIo() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no sockets for DNS", e);
    }
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Asks over UDP; fails with a {@link TimeoutException} or {@link IOException}.
   *
   * @param isAnswer whether a packet answers the question; others are passed over
   */
  CompletableFuture<byte[]> datagram(
      InetSocketAddress server, byte[] query, Predicate<byte[]> isAnswer, Duration timeout) {
    return start(new DatagramExchange(server, query, isAnswer, end(timeout)));
  }

  /** Asks over TCP; fails in the same ways. */
  CompletableFuture<byte[]> stream(InetSocketAddress server, byte[] query, Duration timeout) {
    return start(new StreamExchange(server, query, end(timeout)));
  }

  private static long end(Duration timeout) {
    return System.nanoTime() + timeout.toNanos();
  }

  private CompletableFuture<byte[]> start(Exchange exchange) {
    fresh.add(exchange);
    if (closed) {
      endAll();
    }
    selector.wakeup();
    return exchange.answer;
  }

  private void run() {
    try (selector) {
      while (!closed) {
        selector.select(DnsIo::ready, untilNextDeadline());
        openFresh();
        expire();
      }
      selector.keys().forEach(key -> exchange(key).fail(stopped()));
    } catch (IOException e) {
      throw new UncheckedIOException("DNS stopped", e);
    } finally {
      closed = true;
      endAll();
    }
  }

  private long untilNextDeadline() {
    long now = System.nanoTime();
    long least = TimeUnit.SECONDS.toNanos(60);
    for (SelectionKey key : selector.keys()) {
      least = Math.min(least, exchange(key).deadline - now);
    }
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(least) + 1);
  }

  private void openFresh() {
    for (Exchange next = fresh.poll(); next != null; next = fresh.poll()) {
      try {
        next.open(selector);
      } catch (IOException | IllegalArgumentException e) {
        // Also for what the JDK throws of addresses that cannot be reached at all.
        next.fail(e);
      }
    }
  }

  private void expire() {
    long now = System.nanoTime();
    for (SelectionKey key : selector.keys()) {
      if (exchange(key).deadline - now <= 0) {
        exchange(key).fail(new TimeoutException("no answer in time"));
      }
    }
  }

  private void endAll() {
    for (Exchange next = fresh.poll(); next != null; next = fresh.poll()) {
      next.fail(stopped());
    }
  }

  private static void ready(SelectionKey key) {
    try {
      exchange(key).ready(key);
    } catch (IOException e) {
      exchange(key).fail(e);
    }
  }

  private static Exchange exchange(SelectionKey key) {
    return (Exchange) key.attachment();
  }

  private static StoppedException stopped() {
    return new StoppedException();
  }

  /** Nothing is asked any more. */
  static final class StoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("the resolver was stopped");
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    selector.wakeup();
    if (Thread.currentThread() != thread) {
      thread.join(CLOSE_MILLIS);
    }
  }
}
