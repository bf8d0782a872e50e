// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.concurrent.CompletableFuture;
import org.wavefed.xmpp.netty.StreamChannel;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.xml.StreamError;

/** A stream on a connection. */
record ChannelStream(StreamChannel channel, CompletableFuture<StreamFailure> ended)
    implements OutgoingStream {
  @Override
  public void write(byte[] xml, Runnable written) {
    channel.write(xml, written);
  }

  @Override
  public void close(String reason) {
    channel.close(reason);
  }

  @Override
  public void close(StreamError error) {
    channel.close(error.toXml(), error.toString());
  }
}
