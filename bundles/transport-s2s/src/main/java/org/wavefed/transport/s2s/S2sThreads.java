// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The two I/O threads that all streams share. */
final class S2sThreads implements AutoCloseable {
  private static final int THREADS = 2;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          THREADS, new DefaultThreadFactory("wavefed-s2s", true), NioIoHandler.newFactory());

  EventLoopGroup group() {
    return group;
  }

  EventLoop next() {
    return group.next();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
