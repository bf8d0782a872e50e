// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The connections that we open, until no more may be: they must have ended before their threads do.
 * Thread-safe.
 */
final class OwnConnections implements AutoCloseable {
  private final ChannelGroup channels;
  private volatile boolean closed;

  OwnConnections(EventExecutor executor) {
    this.channels = new DefaultChannelGroup(executor, true);
  }

  /** Whether no more may be opened. */
  boolean isClosed() {
    return closed;
  }

  /** One more, which is closed at once if no more may be opened. */
  void add(Channel channel) {
    channels.add(channel);
  }

  /** Closes them all, and waits for that, within some seconds. */
  @Override
  public void close() {
    closed = true;
    channels.close().awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
