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
import org.wavefed.xmpp.xml.Element;

/** The streams that we open, one per pair, opened when first needed. Thread-safe. */
final class OutgoingStreams {
  private static final Duration IDLE = Duration.ofMinutes(5);

  private final S2sSettings.Limits limits;
  private final Function<Pair, CompletableFuture<OutgoingStream>> dial;
  private final BiConsumer<Element, FederationException> undelivered;
  private final Map<Pair, OutgoingQueue> queues = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param dial opens a stream
   * @param undelivered is told of stanzas that could not be sent
   */
  OutgoingStreams(
      S2sSettings.Limits limits,
      Function<Pair, CompletableFuture<OutgoingStream>> dial,
      BiConsumer<Element, FederationException> undelivered) {
    this.limits = limits;
    this.dial = dial;
    this.undelivered = undelivered;
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
    } else if (queues.size() >= limits.outgoing() && !queues.containsKey(pair)) {
      throw new FederationException(FailureReason.OVERLOADED, "too many streams are open");
    }
    OutgoingQueue queue =
        queues.computeIfAbsent(
            pair, p -> new OutgoingQueue(p, limits.queueBytes(), dial, undelivered));
    queue.send(stanza, xml);
  }

  /** Keeps streams that are used open, and closes the others. Called about once a minute. */
  void sweep() {
    queues.values().removeIf(queue -> queue.isOver(IDLE));
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
