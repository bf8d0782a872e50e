// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wavefed.xmpp.stream.StreamAction;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.stream.XmppStream;
import org.wavefed.xmpp.xml.Element;

/**
 * Carries out what an {@link XmppStream} says on a Netty channel. Runs on the channel's thread.
 * While the XMPP server does not take what we send, nothing more is read from it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write or close that fails ends the channel.
final class StreamChannel extends ChannelInboundHandlerAdapter {
  /** What becomes of the stream. Called on the channel's thread. */
  interface Listener {
    void established(ChannelHandlerContext channel);

    void received(Element stanza);

    void refused(Element envelope, String fault);

    /** The last call. */
    void closed(StreamFailure failure);
  }

  private final XmppStream stream;
  private final Listener listener;
  private @Nullable Future<?> timer;
  private boolean closed;

  StreamChannel(XmppStream stream, Listener listener) {
    this.stream = stream;
    this.listener = listener;
  }

  @Override
  public void channelActive(ChannelHandlerContext channel) {
    perform(channel, stream.connected(System.nanoTime()));
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    byte[] piece = new byte[buffer.readableBytes()];
    buffer.readBytes(piece).release();
    perform(channel, stream.received(piece, 0, piece.length, System.nanoTime()));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext channel) {
    channel.channel().config().setAutoRead(channel.channel().isWritable());
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    finish(new StreamFailure(StreamFailure.Kind.CLOSED, "the connection was closed"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
    finish(new StreamFailure(StreamFailure.Kind.CLOSED, String.valueOf(cause.getMessage())));
    channel.close();
  }

  /** Ends the stream from our side. */
  void close(ChannelHandlerContext channel, String reason) {
    perform(channel, stream.close(reason));
  }

  private void perform(ChannelHandlerContext channel, List<StreamAction> actions) {
    actions.forEach(action -> perform(channel, action));
    channel.flush();
    setTimer(channel);
  }

  private void perform(ChannelHandlerContext channel, StreamAction action) {
    if (action instanceof StreamAction.Write write) {
      channel.write(Unpooled.wrappedBuffer(write.xml().getBytes(UTF_8)), channel.voidPromise());
    } else if (action instanceof StreamAction.Deliver deliver) {
      listener.received(deliver.stanza());
    } else if (action instanceof StreamAction.Refuse refuse) {
      listener.refused(refuse.envelope(), refuse.fault());
    } else if (action instanceof StreamAction.Established) {
      listener.established(channel);
    } else if (action instanceof StreamAction.Close close) {
      finish(close.failure());
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else {
      throw new IllegalStateException("components have no TLS: " + action);
    }
  }

  private void setTimer(ChannelHandlerContext channel) {
    if (!closed && timer == null) {
      long wait = stream.untilTick(System.nanoTime());
      timer = channel.executor().schedule(() -> tick(channel), wait, TimeUnit.NANOSECONDS);
    }
  }

  private void tick(ChannelHandlerContext channel) {
    timer = null;
    perform(channel, stream.tick(System.nanoTime()));
  }

  private void finish(StreamFailure failure) {
    if (!closed) {
      closed = true;
      if (timer != null) {
        timer.cancel(false);
      }
      listener.closed(failure);
    }
  }
}
