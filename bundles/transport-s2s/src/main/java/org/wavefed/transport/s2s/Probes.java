// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.s2s.establish.Connector;
import org.wavefed.xmpp.endpoint.Timers;
import org.wavefed.xmpp.stanza.Namespaces;
import org.wavefed.xmpp.xml.Element;

/**
 * Asks for the wave service of a domain on a stream of its own; the answers come on streams of the
 * other side. Thread-safe.
 */
final class Probes implements Connector.Discoverer<OutgoingStream> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int ITEMS_MAX = 16;

  private final String from;
  private final Timers timers;
  private final BiConsumer<Pair, Element> streams;
  private final Map<String, CompletableFuture<Element>> open;

  /**
   * @param from the host that asks
   * @param streams sends to items of the domain
   * @param open questions by id, shared with whoever calls {@link #take}
   */
  Probes(
      String from,
      Timers timers,
      BiConsumer<Pair, Element> streams,
      Map<String, CompletableFuture<Element>> open) {
    this.from = from;
    this.timers = timers;
    this.streams = streams;
    this.open = open;
  }

  static Map<String, CompletableFuture<Element>> none() {
    return new ConcurrentHashMap<>();
  }

  /** Whether a stanza answers a question of a probe, which then has it. */
  static boolean take(Map<String, CompletableFuture<Element>> open, Element stanza) {
    if (!stanza.name().equals("iq") || open.isEmpty()) {
      return false;
    }
    String key = stanza.attribute("id").orElse("") + "@" + stanza.attribute("from").orElse("");
    CompletableFuture<Element> question = open.get(key);
    return question != null && question.complete(stanza);
  }

  @Override
  public CompletableFuture<Optional<String>> waveService(OutgoingStream stream, String domain) {
    return ask(
            domain,
            Namespaces.ITEMS,
            iq ->
                stream.write(
                    StreamXml.write(iq).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    () -> {}))
        .thenCompose(items -> firstService(jids(items).iterator()));
  }

  private static List<String> jids(Element answer) {
    return answer
        .children(Namespaces.ITEMS, "query")
        .flatMap(query -> query.children(Namespaces.ITEMS, "item"))
        .flatMap(item -> item.attribute("jid").stream())
        .limit(ITEMS_MAX)
        .toList();
  }

  private CompletableFuture<Optional<String>> firstService(Iterator<String> items) {
    if (!items.hasNext()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    String item = items.next();
    return ask(item, Namespaces.INFO, iq -> streams.accept(new Pair(from, Pair.domain(item)), iq))
        .handle((info, failure) -> failure == null && isService(info))
        .thenCompose(
            is -> is ? CompletableFuture.completedFuture(Optional.of(item)) : firstService(items));
  }

  private static boolean isService(Element answer) {
    return answer
        .children(Namespaces.INFO, "query")
        .flatMap(query -> query.children(Namespaces.INFO, "feature"))
        .anyMatch(feature -> feature.attribute("var").filter(Namespaces.WAVE::equals).isPresent());
  }

  private CompletableFuture<Element> ask(
      String to, String namespace, java.util.function.Consumer<Element> send) {
    String id = "probe-" + UUID.randomUUID();
    String key = id + "@" + to;
    CompletableFuture<Element> answer = new CompletableFuture<>();
    open.put(key, answer);
    Timers.Timer timer = timers.schedule(TIMEOUT, () -> answer.completeExceptionally(late(to)));
    CompletableFuture<Element> result =
        answer
            .whenComplete(
                (done, failure) -> {
                  timer.cancel();
                  open.remove(key);
                })
            .thenApply(stanza -> successful(stanza, to));
    try {
      send.accept(
          Element.of(Element.STANZAS, "iq", Element.of(namespace, "query"))
              .with("type", "get")
              .with("id", id)
              .with("from", from)
              .with("to", to));
    } catch (FederationException e) {
      answer.completeExceptionally(e);
    }
    return result;
  }

  private static FederationException late(String to) {
    return new FederationException(
        FailureReason.TIMED_OUT,
        to + " did not answer discovery within " + TIMEOUT.toSeconds() + " s");
  }

  private static Element successful(Element stanza, String to) {
    if (stanza.attribute("type").filter("result"::equals).isEmpty()) {
      throw new FederationException(
          FailureReason.NO_WAVE_SERVICE, to + " does not support discovery");
    }
    return stanza;
  }

  @Override
  public void close(OutgoingStream stream) {
    stream.close("the probe is over");
  }
}
