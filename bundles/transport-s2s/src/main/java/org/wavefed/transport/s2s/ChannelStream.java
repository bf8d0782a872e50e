// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wavefed.xmpp.netty.StreamChannel;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.xml.StreamError;

/** A stream on a connection. Thread-safe. */
final class ChannelStream implements OutgoingStream {
  private final StreamChannel channel;
  private final CompletableFuture<StreamFailure> ended;
  private final AtomicBoolean heard = new AtomicBoolean();

  ChannelStream(StreamChannel channel, CompletableFuture<StreamFailure> ended) {
    this.channel = channel;
    this.ended = ended;
  }

  /** A stanza of the other side came on it. */
  void heard() {
    heard.set(true);
  }

  @Override
  public boolean hasHeard() {
    return heard.getAndSet(false);
  }

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

  @Override
  public CompletableFuture<StreamFailure> ended() {
    return ended;
  }
}
