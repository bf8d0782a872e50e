// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The two I/O threads that the streams of all domains share. */
@Component(service = IoThreads.class)
public final class IoThreads implements AutoCloseable {
  private static final int THREADS = 2;

  private final EventLoopGroup group;

  /** Threads are started when they are first needed. */
  @Activate
  public IoThreads() {
    this.group =
        new MultiThreadIoEventLoopGroup(
            THREADS,
            new DefaultThreadFactory("wavefed-component", true),
            NioIoHandler.newFactory());
  }

  /** The thread for one more stream. */
  EventLoop next() {
    return group.next();
  }

  @Override
  @Deactivate
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
