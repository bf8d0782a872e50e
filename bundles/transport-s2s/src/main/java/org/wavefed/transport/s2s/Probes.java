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
import org.wavefed.transport.s2s.establish.Journal;
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
    // Of one's own domain the question comes in as well, from the very address that it goes to.
    if (!stanza.name().equals("iq") || isGet(stanza)) {
      return false;
    }
    CompletableFuture<Element> question = open.get(key(stanza, "from"));
    return question != null && question.complete(stanza);
  }

  /** Whether a stanza that could not be sent is a question of a probe, which then knows why. */
  static boolean undelivered(
      Map<String, CompletableFuture<Element>> open, Element stanza, FederationException why) {
    CompletableFuture<Element> question = isGet(stanza) ? open.get(key(stanza, "to")) : null;
    return question != null && question.completeExceptionally(why);
  }

  private static boolean isGet(Element stanza) {
    return stanza.attribute("type").filter("get"::equals).isPresent();
  }

  private static String key(Element stanza, String other) {
    return stanza.attribute("id").orElse("") + "@" + stanza.attribute(other).orElse("");
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
        .thenApply(Probes::successful)
        .thenCompose(items -> firstService(jids(items).iterator(), Optional.empty()));
  }

  private static List<String> jids(Element answer) {
    return answer
        .children(Namespaces.ITEMS, "query")
        .flatMap(query -> query.children(Namespaces.ITEMS, "item"))
        .flatMap(item -> item.attribute("jid").stream())
        .limit(ITEMS_MAX)
        .toList();
  }

  /**
   * @param before why the first item that could not be asked could not
   */
  private CompletableFuture<Optional<String>> firstService(
      Iterator<String> items, Optional<FederationException> before) {
    if (!items.hasNext()) {
      return before
          .<CompletableFuture<Optional<String>>>map(CompletableFuture::failedFuture)
          .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }
    String item = items.next();
    return info(item)
        .thenApply(Probes::successful)
        .handle(
            (info, failure) -> {
              if (failure != null) {
                return firstService(items, before.or(() -> Optional.of(of(item, failure))));
              }
              return isService(info)
                  ? CompletableFuture.completedFuture(Optional.of(item))
                  : firstService(items, before);
            })
        .thenCompose(next -> next);
  }

  private CompletableFuture<Element> info(String address) {
    return ask(
        address, Namespaces.INFO, iq -> streams.accept(new Pair(from, Pair.domain(address)), iq));
  }

  private static FederationException of(String item, Throwable failure) {
    return new FederationException(
        FailureReason.NO_WAVE_SERVICE, item + ": " + Journal.text(failure), failure);
  }

  @Override
  public CompletableFuture<Void> requireService(String address) {
    return info(address)
        .thenApply(Probes::successful)
        .thenAccept(
            info -> {
              if (!isService(info)) {
                throw new FederationException(
                    FailureReason.NO_WAVE_SERVICE, "its features lack " + Namespaces.WAVE);
              }
            });
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
    Timers.Timer timer = timers.schedule(TIMEOUT, () -> answer.completeExceptionally(late()));
    CompletableFuture<Element> result =
        answer.whenComplete(
            (done, failure) -> {
              timer.cancel();
              open.remove(key);
            });
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

  private static FederationException late() {
    return new FederationException(
        FailureReason.TIMED_OUT, "no answer to discovery within " + TIMEOUT.toSeconds() + " s");
  }

  private static Element successful(Element stanza) {
    if (stanza.attribute("type").filter("result"::equals).isEmpty()) {
      throw new FederationException(
          FailureReason.NO_WAVE_SERVICE, "it answers discovery with " + StreamXml.fault(stanza));
    }
    return stanza;
  }

  @Override
  public void close(OutgoingStream stream) {
    stream.close("the probe is over");
  }
}
