// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.endpoint.Timers;
import org.wavefed.xmpp.xml.Element;

/**
 * The streams that take our stanzas, one per pair: opened when first needed, or one that the other
 * side opened and lets us use too (XEP-0288). Thread-safe.
 */
final class OutgoingStreams {
  private final S2sSettings.Limits limits;
  private final Duration silence;
  private final Function<Pair, CompletableFuture<OutgoingStream>> dial;
  private final BiConsumer<Element, FederationException> undelivered;
  private final Timers timers;
  private final Map<Pair, OutgoingQueue> queues = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param silence as of {@link LiveStream}
   * @param dial opens a stream
   * @param undelivered is told of stanzas that could not be sent
   */
  OutgoingStreams(
      S2sSettings.Limits limits,
      Duration silence,
      Function<Pair, CompletableFuture<OutgoingStream>> dial,
      BiConsumer<Element, FederationException> undelivered,
      Timers timers) {
    this.limits = limits;
    this.silence = silence;
    this.dial = dial;
    this.undelivered = undelivered;
    this.timers = timers;
  }

  /** Sends a stanza, as {@link org.wavefed.xmpp.endpoint.StanzaLink#send}. */
  void send(Pair pair, Element stanza) {
    byte[] xml = StreamXml.write(stanza).getBytes(UTF_8);
    if (xml.length > limits.stanzaBytes()) {
      throw new FederationException(
          FailureReason.RESOURCE_CONSTRAINT,
          "the stanza has %d bytes, more than the %d of stanza.bytes.max"
              .formatted(xml.length, limits.stanzaBytes()));
    } else if (closed) {
      throw new FederationException(FailureReason.NOT_CONNECTED, "the transport was stopped");
    } else if (isFull(pair)) {
      throw new FederationException(FailureReason.OVERLOADED, "too many streams are open");
    }
    queue(pair).send(stanza, xml);
  }

  private boolean isFull(Pair pair) {
    return queues.size() >= limits.outgoing() && !queues.containsKey(pair);
  }

  private OutgoingQueue queue(Pair pair) {
    return queues.computeIfAbsent(
        pair, p -> new OutgoingQueue(p, limits.queueBytes(), silence, dial, undelivered, timers));
  }

  /** The other side of the pair opened a stream that takes ours too. */
  void adopt(Pair pair, OutgoingStream stream) {
    if (!closed && !isFull(pair)) {
      queue(pair).adopt(stream);
    }
  }

  /** A ping to the other side of the pair was answered. */
  void answered(Pair pair, Element pong) {
    OutgoingQueue queue = queues.get(pair);
    if (queue != null) {
      queue.answered(pong);
    }
  }

  /** Keeps streams that are used alive, and closes dead and unused ones. Called now and then. */
  void sweep() {
    queues.values().forEach(OutgoingQueue::keepAlive);
    queues.values().removeIf(OutgoingQueue::isOver);
  }

  /** What is open, for operators. */
  List<Pair> open() {
    return queues.values().stream().filter(OutgoingQueue::isOpen).map(OutgoingQueue::pair).toList();
  }

  void close(String reason) {
    closed = true;
    queues.values().forEach(queue -> queue.close(reason));
    queues.clear();
  }
}
