// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.endpoint.StanzaLink;
import org.wavefed.xmpp.stanza.Stanza;
import org.wavefed.xmpp.stanza.StanzaCodec;
import org.wavefed.xmpp.xml.Element;

/**
 * Brings stanzas to the hosts that they are for: ours, or others' over their streams. What cannot
 * be brought comes back as the error that a server answers in the place of another (RFC 6120,
 * 8.3.3). Thread-safe.
 */
final class StanzaRouter implements StanzaLink, IncomingStream.Receiver {
  private static final String CONDITIONS = "urn:ietf:params:xml:ns:xmpp-stanzas";

  private final Executor executor;
  private final Map<String, HostedDomain> hosts = new HashMap<>();
  private volatile Predicate<Element> first = element -> false;
  private volatile BiConsumer<Pair, Element> streams;
  private volatile BiConsumer<Pair, OutgoingStream> adopted = (pair, stream) -> {};

  /**
   * @param executor delivers stanzas between hosts of ours
   */
  StanzaRouter(Executor executor) {
    this.executor = executor;
    this.streams =
        (pair, stanza) -> {
          throw new FederationException(FailureReason.NOT_CONNECTED, "not started");
        };
  }

  /** Adds a domain; before anything is sent. */
  void add(HostedDomain hosted) {
    hosts.put(hosted.domain().name(), hosted);
    hosts.put(hosted.domain().service(), hosted);
  }

  /**
   * Starts.
   *
   * @param toStreams sends to others
   * @param adopts takes streams that others opened and let us use
   * @param taken sees every stanza first, and may keep it
   */
  void start(
      BiConsumer<Pair, Element> toStreams,
      BiConsumer<Pair, OutgoingStream> adopts,
      Predicate<Element> taken) {
    first = taken;
    adopted = adopts;
    streams = toStreams;
  }

  boolean isHost(String host) {
    return hosts.containsKey(host);
  }

  @Override
  public void send(Stanza stanza) {
    Element element = StanzaCodec.write(stanza);
    Pair pair = Pair.of(element).orElseThrow();
    if (isHost(pair.to())) {
      executor.execute(() -> received(element));
    } else {
      streams.accept(pair, element);
    }
  }

  @Override
  public void received(Element element) {
    Optional<HostedDomain> hosted = hosted(element);
    if (hosted.isEmpty() || first.test(element)) {
      return;
    }
    if (isForService(element, hosted.get())) {
      hosted.get().endpoint().received(element);
    } else {
      hosted.get().entity().received(element);
    }
  }

  @Override
  public void opened(Pair pair, OutgoingStream stream) {
    adopted.accept(pair, stream);
  }

  @Override
  public void refused(Element envelope, String fault) {
    hosted(envelope)
        .filter(hosted -> isForService(envelope, hosted))
        .ifPresent(hosted -> hosted.endpoint().refused(envelope, fault));
  }

  private Optional<HostedDomain> hosted(Element element) {
    return Pair.of(element).flatMap(pair -> Optional.ofNullable(hosts.get(pair.to())));
  }

  private static boolean isForService(Element element, HostedDomain hosted) {
    return Pair.of(element).orElseThrow().to().equals(hosted.domain().service());
  }

  /** A stanza of ours could not be sent. */
  void undelivered(Element stanza, FederationException why) {
    if (!stanza
        .attribute("type")
        .filter(t -> t.equals("error") || t.equals("result"))
        .isPresent()) {
      Element error =
          Element.of(
                  Element.STANZAS,
                  "error",
                  Element.of(CONDITIONS, condition(why.reason())),
                  Element.of(CONDITIONS, "text").withText(text(why)))
              .with("type", "wait");
      Element answer =
          Element.of(Element.STANZAS, stanza.name(), error)
              .with("type", "error")
              .with("id", stanza.attribute("id"))
              .with("from", stanza.attribute("to"))
              .with("to", stanza.attribute("from"));
      executor.execute(() -> received(answer));
    }
  }

  private static String condition(FailureReason reason) {
    return switch (reason) {
      case NO_SUCH_DOMAIN, REFUSED -> "remote-server-not-found";
      case OVERLOADED, RESOURCE_CONSTRAINT -> "resource-constraint";
      default -> "remote-server-timeout";
    };
  }

  /** Whoever reads remote-server-not-found tells by the text whether somebody refused. */
  private static String text(FederationException why) {
    String text = String.valueOf(why.getMessage());
    boolean told = text.toLowerCase(Locale.ROOT).contains("refused");
    return why.reason() == FailureReason.REFUSED && !told ? "refused: " + text : text;
  }
}
