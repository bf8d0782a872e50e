// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.netty.StreamChannel;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;

/** A stream that we open, to its end. Runs on the channel's thread. */
final class OpenedStream implements StreamChannel.Listener {
  private static final StreamError ONE_WAY =
      new StreamError("not-authorized", "this stream takes nothing: bidi was not agreed on");

  private final Pair pair;
  private final OutgoingNegotiation negotiation;
  private final IncomingStream.Receiver receiver;
  private final DialbackKeys keys;
  private final CompletableFuture<OutgoingStream> opened = new CompletableFuture<>();
  private final CompletableFuture<StreamFailure> ended = new CompletableFuture<>();
  private @Nullable ChannelStream stream;

  /**
   * @param receiver takes what the other side sends if the stream goes both ways (XEP-0288)
   * @param keys of ours, about which it may ask then
   */
  OpenedStream(
      Pair pair,
      OutgoingNegotiation negotiation,
      IncomingStream.Receiver receiver,
      DialbackKeys keys) {
    this.pair = pair;
    this.negotiation = negotiation;
    this.receiver = receiver;
    this.keys = keys;
  }

  /** The stream, when it is authenticated. */
  CompletableFuture<OutgoingStream> opened() {
    return opened;
  }

  @Override
  public void established(StreamChannel channel) {
    ChannelStream established = new ChannelStream(channel, ended);
    stream = established;
    opened.complete(established);
  }

  @Override
  public void received(Element element) {
    if (isQuestion(element)) {
      answer(element);
    } else if (mayCome(element)) {
      receiver.received(element);
    }
  }

  /** Whether it is about a dialback key that we show on another stream. */
  private boolean isQuestion(Element element) {
    return element.is(StreamXml.DIALBACK, "verify")
        && negotiation.isBidirectional()
        && pair.reversed().isOf(element);
  }

  private void answer(Element question) {
    ChannelStream open = stream;
    if (open != null && question.attribute("type").isEmpty()) {
      String answer = StreamXml.write(keys.answer(question, pair.from()::equals));
      open.write(answer.getBytes(UTF_8), () -> {});
    }
  }

  @Override
  public void refused(Element envelope, String fault) {
    if (mayCome(envelope)) {
      receiver.refused(envelope, fault);
    }
  }

  private boolean mayCome(Element element) {
    ChannelStream open = stream;
    if (open == null) {
      return false;
    }
    Optional<StreamError> fault =
        negotiation.isBidirectional() ? pair.reversed().fault(element) : Optional.of(ONE_WAY);
    fault.ifPresentOrElse(open::close, open::heard);
    return fault.isEmpty();
  }

  @Override
  public void closed(StreamFailure failure) {
    opened.completeExceptionally(new FederationException(reason(failure), failure.message()));
    ended.complete(failure);
  }

  private static FailureReason reason(StreamFailure failure) {
    return failure.kind() == StreamFailure.Kind.TIMED_OUT
        ? FailureReason.TIMED_OUT
        : FailureReason.REFUSED;
  }
}
