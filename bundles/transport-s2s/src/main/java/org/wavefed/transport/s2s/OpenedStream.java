// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

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
  private final Pair pair;
  private final OutgoingNegotiation negotiation;
  private final IncomingStream.Receiver receiver;
  private final CompletableFuture<OutgoingStream> opened = new CompletableFuture<>();
  private final CompletableFuture<StreamFailure> ended = new CompletableFuture<>();
  private @Nullable ChannelStream stream;

  /**
   * @param receiver takes what the other side sends if the stream goes both ways (XEP-0288)
   */
  OpenedStream(Pair pair, OutgoingNegotiation negotiation, IncomingStream.Receiver receiver) {
    this.pair = pair;
    this.negotiation = negotiation;
    this.receiver = receiver;
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
    if (mayCome(element)) {
      receiver.received(element);
    }
  }

  @Override
  public void refused(Element envelope, String fault) {
    if (mayCome(envelope)) {
      receiver.refused(envelope, fault);
    }
  }

  private boolean mayCome(Element element) {
    if (!negotiation.isBidirectional()) {
      end("not-authorized", "this stream takes nothing: bidi was not agreed on");
      return false;
    } else if (!pair.reversed().isOf(element)) {
      end("invalid-from", "a stanza is not from " + pair.to() + " to " + pair.from());
      return false;
    }
    ChannelStream open = stream;
    if (open != null) {
      open.heard();
    }
    return true;
  }

  private void end(String condition, String text) {
    ChannelStream open = stream;
    if (open != null) {
      open.close(new StreamError(condition, text));
    }
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
