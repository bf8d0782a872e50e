// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.endpoint.Timers;
import org.wavefed.xmpp.xml.Element;

/**
 * The stanzas of one pair, in order: they wait, bounded, while the stream is being opened. When it
 * cannot be opened they are given back, and for a moment others at once too. Of several streams the
 * newest takes what is sent: a server that comes again is likely to have lost what was before.
 * Thread-safe.
 */
final class OutgoingQueue {
  private static final Duration FAILURE_KEPT = Duration.ofSeconds(2);

  private record Waiting(Element stanza, byte[] xml) {}

  private final Pair pair;
  private final long bytesMax;
  private final Duration silence;
  private final Function<Pair, CompletableFuture<OutgoingStream>> dial;
  private final BiConsumer<Element, FederationException> undelivered;
  private final Timers timers;
  private final AtomicLong bytes = new AtomicLong();

  /** Guarded by this, as all below. */
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private @Nullable LiveStream live;

  /** One of ours that was live before, while the other side may still use it. */
  private @Nullable LiveStream former;

  private @Nullable FederationException failure;
  private boolean dialing;
  private boolean closed;
  private long lastFailure;
  private long lastUse;

  /**
   * @param bytesMax what may wait for the other side to take it
   * @param silence as of {@link LiveStream}
   */
  OutgoingQueue(
      Pair pair,
      long bytesMax,
      Duration silence,
      Function<Pair, CompletableFuture<OutgoingStream>> dial,
      BiConsumer<Element, FederationException> undelivered,
      Timers timers) {
    this.pair = pair;
    this.bytesMax = bytesMax;
    this.silence = silence;
    this.dial = dial;
    this.undelivered = undelivered;
    this.timers = timers;
    this.lastUse = timers.now();
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
      lastUse = timers.now();
      if (closed) {
        return new FederationException(FailureReason.NOT_CONNECTED, "the transport was stopped");
      } else if (live != null) {
        write(live, xml);
        return null;
      } else if (failure != null && timers.now() - lastFailure < FAILURE_KEPT.toNanos()) {
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

  private void write(LiveStream stream, byte[] xml) {
    stream.write(xml, () -> bytes.addAndGet(-xml.length));
  }

  /** The other side opened a stream that takes ours too; one of our own is as good. */
  void adopt(OutgoingStream stream) {
    synchronized (this) {
      if (closed) {
        return;
      }
      use(stream, false);
    }
    stream.ended().thenAccept(end -> ended(stream));
  }

  /** What is replaced of theirs is theirs to close. */
  private void use(OutgoingStream stream, boolean ours) {
    if (live != null && live.isOurs()) {
      if (former != null) {
        former.close("there are newer streams");
      }
      former = live;
    }
    LiveStream newest = new LiveStream(pair, stream, ours, silence, timers);
    live = newest;
    failure = null;
    waiting.forEach(one -> write(newest, one.xml()));
    waiting.clear();
  }

  /** A ping was answered, maybe one of these streams. */
  synchronized void answered(Element pong) {
    if (live != null) {
      live.answered(pong);
    }
  }

  private void opened(OutgoingStream stream) {
    synchronized (this) {
      dialing = false;
      if (closed) {
        stream.close("we are stopping");
        return;
      }
      use(stream, true);
    }
    stream.ended().thenAccept(end -> ended(stream));
  }

  private synchronized void ended(OutgoingStream stream) {
    if (live != null && live.is(stream)) {
      live = null;
    } else if (former != null && former.is(stream)) {
      former = null;
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
      lastFailure = timers.now();
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(one -> bytes.addAndGet(-one.xml().length));
    all.forEach(one -> undelivered.accept(one.stanza(), why));
  }

  /** Keeps the stream alive, or finds out that it is not. Called now and then. */
  synchronized void keepAlive() {
    if (live != null && !live.keepAlive()) {
      live = null;
    }
    if (former != null && former.expires()) {
      former = null;
    }
  }

  /** Whether nothing is left to keep. */
  synchronized boolean isOver() {
    return live == null
        && former == null
        && !dialing
        && waiting.isEmpty()
        && timers.now() - lastUse > LiveStream.IDLE.toNanos();
  }

  void close(String reason) {
    synchronized (this) {
      closed = true;
      Stream.of(live, former).filter(Objects::nonNull).forEach(open -> open.close(reason));
      live = null;
      former = null;
    }
    giveBack(new FederationException(FailureReason.NOT_CONNECTED, reason));
  }
}
