// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.xmpp.netty.StreamChannel;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;

/** A stream that somebody opened to us. Runs on the channel's thread. */
final class IncomingStream implements StreamChannel.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(S2sTransport.class);

  /** The ends of streams that an operator may want to look into. */
  private static final Set<StreamFailure.Kind> FAULTS =
      EnumSet.complementOf(EnumSet.of(StreamFailure.Kind.CLOSED));

  /** Who takes what comes. */
  interface Receiver {
    void received(Element stanza);

    void refused(Element envelope, String fault);

    /**
     * Somebody lets us use his stream too (XEP-0288).
     *
     * @param pair from the host of ours
     */
    void opened(Pair pair, OutgoingStream stream);
  }

  private final IncomingNegotiation.Place place;
  private final Receiver receiver;
  private final IncomingStreams others;
  private final InetSocketAddress address;
  private final RefusalLog log;
  private final IncomingNegotiation negotiation;
  private final CompletableFuture<StreamFailure> ended = new CompletableFuture<>();
  private volatile @Nullable StreamChannel channel;
  private @Nullable ChannelStream back;
  private Pair pair = new Pair("", "");

  /**
   * @param others of which it is one, once it is authenticated
   * @param address where it comes from, for the log
   * @param negotiation which says who was authenticated, once that is so
   * @param log is told of those that are not let in
   */
  IncomingStream(
      IncomingNegotiation.Place place,
      Receiver receiver,
      IncomingStreams others,
      InetSocketAddress address,
      IncomingNegotiation negotiation,
      RefusalLog log) {
    this.place = place;
    this.receiver = receiver;
    this.others = others;
    this.address = address;
    this.negotiation = negotiation;
    this.log = log;
  }

  @Override
  public void established(StreamChannel newChannel) {
    channel = newChannel;
    pair = negotiation.pair();
    LOG.debug("{} speaks to {} from {}", pair.from(), pair.to(), address);
    others.opened(pair, this);
    if (negotiation.isBidirectional()) {
      ChannelStream ours = new ChannelStream(newChannel, ended);
      back = ours;
      receiver.opened(pair.reversed(), ours);
    }
  }

  @Override
  public void received(Element element) {
    if (element.namespace().equals(StreamXml.DIALBACK)) {
      dialback(element);
    } else if (mayCome(element)) {
      if (back != null) {
        back.heard();
      }
      receiver.received(element);
    }
  }

  private boolean mayCome(Element element) {
    Optional<StreamError> fault = pair.fault(element);
    fault.ifPresent(this::end);
    return fault.isEmpty();
  }

  @Override
  public void refused(Element envelope, String fault) {
    if (mayCome(envelope)) {
      receiver.refused(envelope, fault);
    }
  }

  private void dialback(Element element) {
    StreamChannel open = channel;
    if (open == null) {
      return;
    }
    boolean request = element.attribute("type").isEmpty();
    if (request && element.name().equals("verify")) {
      write(open, place.answer(element));
    } else if (request && element.name().equals("result")) {
      // One pair per stream; the initiator opens another one then.
      Element answer = element.with("type", "invalid").withText("");
      write(
          open, answer.with("from", element.attribute("to")).with("to", element.attribute("from")));
    }
  }

  private static void write(StreamChannel open, Element element) {
    byte[] xml = StreamXml.write(element).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    open.write(xml, () -> {});
  }

  /** Ends it with an error (RFC 6120, 4.9). Any thread. */
  void end(StreamError error) {
    StreamChannel open = channel;
    if (open != null) {
      log.refused(address, who() + error.text());
      open.close(error.toXml(), error.text());
    }
  }

  @Override
  public void closed(StreamFailure failure) {
    others.closed(pair, this);
    ended.complete(failure);
    if (FAULTS.contains(failure.kind())) {
      log.refused(address, who() + failure.message());
      return;
    }
    LOG.debug("stream {} from {} ended: {}", pair, address, failure.message());
    if (pair.from().isEmpty()) {
      refusal(failure, negotiation).ifPresent(why -> log.refused(address, why));
    }
  }

  /** Whom we do not let in may leave before we say so; the operator is told all the same. */
  static Optional<String> refusal(StreamFailure failure, IncomingNegotiation negotiation) {
    return FAULTS.contains(failure.kind())
        ? Optional.of(failure.message())
        : negotiation.distrusted();
  }

  private String who() {
    return pair.from().isEmpty() ? "" : pair.from() + ": ";
  }
}
