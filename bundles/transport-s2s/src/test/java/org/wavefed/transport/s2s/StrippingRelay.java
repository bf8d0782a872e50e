// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Somebody on the way to a server who takes STARTTLS out of what it offers. */
final class StrippingRelay implements AutoCloseable {
  private static final String OFFERED = "</stream:features>";

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int port;

  /** Before the server at a port of this machine. */
  StrippingRelay(int port) throws IOException {
    this.port = port;
    threads.execute(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(client);
        open.add(server);
        threads.execute(() -> copy(client, server, false));
        threads.execute(() -> copy(server, client, true));
      }
    } catch (IOException closed) {
      threads.shutdown();
    }
  }

  /** Until one of them ends. */
  private static void copy(Socket from, Socket to, boolean strips) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      if (strips) {
        out.write(stripped(in).getBytes(UTF_8));
        out.flush();
      }
      in.transferTo(out);
    } catch (IOException closed) {
      return;
    }
  }

  /** What comes up to the end of the first features, without STARTTLS. */
  private static String stripped(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    int next = in.read();
    while (next >= 0) {
      text.append((char) next);
      if (next == '>' && text.indexOf(OFFERED) >= 0) {
        break;
      }
      next = in.read();
    }
    return text.toString().replaceAll("<starttls.*</starttls>", "");
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
