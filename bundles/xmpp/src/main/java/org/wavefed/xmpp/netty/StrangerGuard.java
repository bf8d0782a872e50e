// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * Bounds what somebody sends before he is authenticated, below TLS: the stream does not see
 * handshakes, nor records that hold nothing.
 */
final class StrangerGuard extends ChannelInboundHandlerAdapter {
  private static final long BYTES_MAX = 524_288;

  private long bytes;

  /** More was sent. */
  static final class TooMuchException extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuchException() {
      super("more than " + BYTES_MAX + " bytes before authentication");
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) throws TooMuchException {
    bytes += ((ByteBuf) message).readableBytes();
    if (bytes > BYTES_MAX) {
      ((ByteBuf) message).release();
      channel.channel().config().setAutoRead(false);
      throw new TooMuchException();
    }
    channel.fireChannelRead(message);
  }
}
