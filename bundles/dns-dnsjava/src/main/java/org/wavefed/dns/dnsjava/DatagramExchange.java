// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.function.Predicate;

/**
 * A question over UDP. Whatever comes that is no answer to it is passed over, and the wait goes on:
 * otherwise anybody who guesses a port could end it (RFC 5452).
 */
final class DatagramExchange extends Exchange {
  private static final int STRAY_MAX = 1_000;

  private final Predicate<byte[]> isAnswer;
  private final ByteBuffer buffer = ByteBuffer.allocate(Nameservers.UDP_PAYLOAD_BYTES);
  private int stray;

  DatagramExchange(
      InetSocketAddress server, byte[] query, Predicate<byte[]> isAnswer, long deadline) {
    super(server, query, deadline);
    this.isAnswer = isAnswer;
  }

  @Override
  SelectionKey open(java.nio.channels.Selector selector) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    opened(channel);
    channel.configureBlocking(false);
    // Connected: the system gives a random port, passes over what others send, and tells refusals.
    channel.connect(server);
    channel.write(ByteBuffer.wrap(query));
    return channel.register(selector, SelectionKey.OP_READ, this);
  }

  @Override
  void ready(SelectionKey key) throws IOException {
    DatagramChannel channel = (DatagramChannel) key.channel();
    buffer.clear();
    while (!answer.isDone() && channel.read(buffer) > 0) {
      byte[] came = new byte[buffer.flip().remaining()];
      buffer.get(came).clear();
      if (isAnswer.test(came)) {
        finish(came);
      } else if (++stray > STRAY_MAX) {
        throw new IOException("nothing but answers to other questions");
      }
    }
  }
}
