// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.wavefed.xmpp.netty.IoThreads;

/** The I/O threads that the streams of all domains share. */
@Component(service = ComponentThreads.class)
public final class ComponentThreads implements AutoCloseable {
  private final IoThreads threads = new IoThreads("wavefed-component");

  /** Threads are started when they are first needed. */
  @Activate
  public ComponentThreads() {}

  IoThreads io() {
    return threads;
  }

  @Override
  @Deactivate
  public void close() {
    threads.close();
  }
}
