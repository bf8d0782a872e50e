// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A question over TCP, on a connection of its own (RFC 7766, without reuse). */
final class StreamExchange extends Exchange {
  private final ByteBuffer out;
  private ByteBuffer in = ByteBuffer.allocate(2);
  private boolean lengthKnown;

  StreamExchange(InetSocketAddress server, byte[] query, long deadline) {
    super(server, query, deadline);
    out = ByteBuffer.allocate(2 + query.length).putShort((short) query.length).put(query).flip();
  }

  @Override
  SelectionKey open(Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open();
    opened(channel);
    channel.configureBlocking(false);
    boolean connected = channel.connect(server);
    return channel.register(
        selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
  }

  @Override
  void ready(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    if (key.isConnectable() && channel.finishConnect()) {
      key.interestOps(SelectionKey.OP_WRITE);
    } else if (key.isWritable()) {
      channel.write(out);
      key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    } else if (key.isReadable()) {
      read(channel);
    }
  }

  private void read(SocketChannel channel) throws IOException {
    int count = channel.read(in);
    while (count > 0 && !in.hasRemaining() && !lengthKnown) {
      lengthKnown = true;
      in = ByteBuffer.allocate(in.getShort(0) & 0xffff);
      count = channel.read(in);
    }
    if (count < 0) {
      throw new IOException("the nameserver closed the connection without an answer");
    }
    if (lengthKnown && !in.hasRemaining()) {
      finish(in.array());
    }
  }
}
