// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.endpoint.Timers;
import org.wavefed.xmpp.stanza.Namespaces;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;

/**
 * The stanzas of one pair, in order: they wait, bounded, while the stream is being opened. When it
 * cannot be opened they are given back, and for a moment others at once too. A stream is kept alive
 * by white space; when something was sent and nothing comes back it is pinged (XEP-0199), and given
 * up when that is not answered either. Thread-safe.
 */
final class OutgoingQueue {
  private static final Duration FAILURE_KEPT = Duration.ofSeconds(2);
  private static final byte[] SPACE = {' '};
  private static final String PING_ID = "alive-";
  private static final Logger LOG = LoggerFactory.getLogger(S2sTransport.class);

  /** How long a stream is kept that is not used, by either side. */
  static final Duration IDLE = Duration.ofMinutes(5);

  /** After how long without an answer the other side is pinged, and then given up. */
  static final Duration SILENCE = Duration.ofMinutes(1);

  private record Waiting(Element stanza, byte[] xml) {}

  private final Pair pair;
  private final long bytesMax;
  private final Function<Pair, CompletableFuture<OutgoingStream>> dial;
  private final BiConsumer<Element, FederationException> undelivered;
  private final Timers timers;
  private final AtomicLong bytes = new AtomicLong();

  /** Guarded by this, as all below. */
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private @Nullable OutgoingStream live;
  private @Nullable FederationException failure;
  private boolean dialing;
  private boolean closed;
  private long lastFailure;
  private long lastUse;
  private Optional<Long> askedSince = Optional.empty();
  private boolean pinged;

  OutgoingQueue(
      Pair pair,
      long bytesMax,
      Function<Pair, CompletableFuture<OutgoingStream>> dial,
      BiConsumer<Element, FederationException> undelivered,
      Timers timers) {
    this.pair = pair;
    this.bytesMax = bytesMax;
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
        asked(stanza);
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

  private void write(OutgoingStream stream, byte[] xml) {
    stream.write(xml, () -> bytes.addAndGet(-xml.length));
  }

  /** Who answers does not wait for anything. */
  private void asked(Element stanza) {
    boolean answer =
        stanza.name().equals("iq")
            && stanza.attribute("type").filter(t -> t.equals("get") || t.equals("set")).isEmpty();
    if (askedSince.isEmpty() && !answer) {
      askedSince = Optional.of(timers.now());
    }
  }

  /** The other side opened a stream that takes ours too; one of our own is as good. */
  void adopt(OutgoingStream stream) {
    synchronized (this) {
      if (closed || live != null) {
        return;
      }
      use(stream);
    }
    stream.ended().thenAccept(end -> ended(stream));
  }

  private void use(OutgoingStream stream) {
    live = stream;
    failure = null;
    heard();
    waiting.forEach(
        one -> {
          asked(one.stanza());
          write(stream, one.xml());
        });
    waiting.clear();
  }

  /** The other side is alive. */
  synchronized void heard() {
    askedSince = Optional.empty();
    pinged = false;
  }

  private void opened(OutgoingStream stream) {
    synchronized (this) {
      dialing = false;
      if (closed) {
        stream.close("we are stopping");
        return;
      }
      use(stream);
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
      lastFailure = timers.now();
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(one -> bytes.addAndGet(-one.xml().length));
    all.forEach(one -> undelivered.accept(one.stanza(), why));
  }

  /** Keeps the stream alive, or finds out that it is not. Called now and then. */
  synchronized void keepAlive() {
    OutgoingStream stream = live;
    if (stream == null) {
      return;
    }
    long now = timers.now();
    if (stream.hasHeard()) {
      lastUse = now;
    }
    boolean silent = askedSince.filter(since -> now - since >= SILENCE.toNanos()).isPresent();
    if (silent && pinged) {
      LOG.info("{} does not answer any more: the stream is closed", pair.to());
      live = null;
      stream.close(new StreamError("connection-timeout", "no answer to a ping"));
    } else if (silent) {
      pinged = true;
      askedSince = Optional.of(now);
      stream.write(StreamXml.write(ping()).getBytes(UTF_8), () -> {});
    } else if (isUnused()) {
      stream.close("nothing more to send for now");
    } else {
      stream.write(SPACE, () -> {});
    }
  }

  private Element ping() {
    return Element.of(Element.STANZAS, "iq", Element.of(Namespaces.PING, "ping"))
        .with("type", "get")
        .with("id", PING_ID + timers.now())
        .with("from", pair.from())
        .with("to", pair.to());
  }

  /** Whether a stanza answers a ping. */
  static boolean isPong(Element stanza) {
    return stanza.name().equals("iq")
        && stanza.attribute("id").filter(id -> id.startsWith(PING_ID)).isPresent()
        && stanza
            .attribute("type")
            .filter(t -> t.equals("result") || t.equals("error"))
            .isPresent();
  }

  private boolean isUnused() {
    return timers.now() - lastUse > IDLE.toNanos();
  }

  /** Whether nothing is left to keep. */
  synchronized boolean isOver() {
    return isUnused() && live == null && !dialing && waiting.isEmpty();
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
