// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.xml.Element;

/**
 * The stanzas of one pair, in order: they wait, bounded, while the stream is being opened. When it
 * cannot be opened they are given back, and for a moment others at once too. Thread-safe.
 */
final class OutgoingQueue {
  private static final Duration FAILURE_KEPT = Duration.ofSeconds(2);
  private static final byte[] SPACE = {' '};

  private record Waiting(Element stanza, byte[] xml) {}

  private final Pair pair;
  private final long bytesMax;
  private final Function<Pair, CompletableFuture<OutgoingStream>> dial;
  private final BiConsumer<Element, FederationException> undelivered;
  private final AtomicLong bytes = new AtomicLong();

  /** Guarded by this, as all below. */
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private @Nullable OutgoingStream live;
  private @Nullable FederationException failure;
  private boolean dialing;
  private boolean closed;
  private long lastFailure;
  private long lastUse = System.nanoTime();

  OutgoingQueue(
      Pair pair,
      long bytesMax,
      Function<Pair, CompletableFuture<OutgoingStream>> dial,
      BiConsumer<Element, FederationException> undelivered) {
    this.pair = pair;
    this.bytesMax = bytesMax;
    this.dial = dial;
    this.undelivered = undelivered;
  }

  Pair pair() {
    return pair;
  }

  synchronized boolean isOpen() {
    return live != null;
  }

  void send(Element stanza, byte[] xml) {
    if (bytes.addAndGet(xml.length) > bytesMax) {
      bytes.addAndGet(-xml.length);
      throw new FederationException(
          FailureReason.OVERLOADED, pair.to() + " does not take what is sent fast enough");
    }
    FederationException recent = enqueue(stanza, xml);
    if (recent != null) {
      bytes.addAndGet(-xml.length);
      undelivered.accept(stanza, recent);
    }
  }

  private @Nullable FederationException enqueue(Element stanza, byte[] xml) {
    synchronized (this) {
      lastUse = System.nanoTime();
      if (closed) {
        return new FederationException(FailureReason.NOT_CONNECTED, "the transport was stopped");
      } else if (live != null) {
        write(live, xml);
        return null;
      } else if (failure != null && System.nanoTime() - lastFailure < FAILURE_KEPT.toNanos()) {
        return failure;
      }
      waiting.add(new Waiting(stanza, xml));
      if (dialing) {
        return null;
      }
      dialing = true;
    }
    dial.apply(pair)
        .whenComplete(
            (stream, thrown) -> {
              if (thrown == null) {
                opened(stream);
              } else {
                failed(thrown);
              }
            });
    return null;
  }

  private void write(OutgoingStream stream, byte[] xml) {
    stream.channel().write(xml, () -> bytes.addAndGet(-xml.length));
  }

  private void opened(OutgoingStream stream) {
    synchronized (this) {
      dialing = false;
      failure = null;
      if (closed) {
        stream.close("we are stopping");
        return;
      }
      live = stream;
      waiting.forEach(one -> write(stream, one.xml()));
      waiting.clear();
    }
    stream.ended().thenAccept(end -> ended(stream));
  }

  private synchronized void ended(OutgoingStream stream) {
    if (live == stream) {
      live = null;
    }
  }

  private void failed(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    FederationException why =
        cause instanceof FederationException known
            ? known
            : new FederationException(
                FailureReason.INTERNAL_SERVER_ERROR, "no stream to " + pair.to(), cause);
    giveBack(why);
  }

  private void giveBack(FederationException why) {
    List<Waiting> all;
    synchronized (this) {
      dialing = false;
      failure = why;
      lastFailure = System.nanoTime();
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(one -> bytes.addAndGet(-one.xml().length));
    all.forEach(one -> undelivered.accept(one.stanza(), why));
  }

  /** Whether nothing is left to keep; a stream not used for so long is closed, others are kept. */
  synchronized boolean isOver(Duration idle) {
    boolean unused = System.nanoTime() - lastUse > idle.toNanos();
    if (live != null && unused) {
      live.close("nothing more to send for now");
    } else if (live != null) {
      live.channel().write(SPACE, () -> {});
    }
    return unused && !dialing && waiting.isEmpty();
  }

  void close(String reason) {
    OutgoingStream open;
    synchronized (this) {
      closed = true;
      open = live;
      live = null;
    }
    if (open != null) {
      open.close(reason);
    }
    giveBack(new FederationException(FailureReason.NOT_CONNECTED, reason));
  }
}
