// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One question to one nameserver, on a socket of its own. Used by the thread of {@link DnsIo}. */
abstract class Exchange {
  final InetSocketAddress server;
  final byte[] query;
  final long deadline;
  final CompletableFuture<byte[]> answer = new CompletableFuture<>();
  private @Nullable SelectableChannel channel;

  /**
   * @param deadline when to give up, as {@link System#nanoTime}
   */
  Exchange(InetSocketAddress server, byte[] query, long deadline) {
    this.server = server;
    this.query = query;
    this.deadline = deadline;
  }

  /** Opens the socket and starts. */
  abstract SelectionKey open(Selector selector) throws IOException;

  /** The socket is ready. */
  abstract void ready(SelectionKey key) throws IOException;

  final void opened(SelectableChannel newChannel) {
    channel = newChannel;
  }

  final void finish(byte[] bytes) {
    close();
    answer.complete(bytes);
  }

  final void fail(Throwable cause) {
    close();
    answer.completeExceptionally(cause);
  }

  private void close() {
    SelectableChannel open = channel;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It is gone either way.
        channel = null;
      }
    }
  }
}
