// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The two I/O threads that all streams of a transport share. Thread-safe. */
public final class IoThreads implements AutoCloseable {
  private static final int THREADS = 2;

  private final EventLoopGroup group;

  /**
   * Threads are started when they are first needed.
   *
   * @param name what thread dumps show
   */
  public IoThreads(String name) {
    this.group =
        new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  /** Both threads. */
  public EventLoopGroup group() {
    return group;
  }

  /** The thread for one more stream. */
  public EventLoop next() {
    return group.next();
  }

  /** Ends the threads, within some seconds. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
