// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to a server on which the connections of now can be forgotten, as a router does that was
 * switched off: nothing goes through any more, and neither end is told. New ones work.
 */
final class VanishingRelay implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int port;
  private final List<Socket> open = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile Way now = new Way();

  /** Leads somewhere until it does not. */
  private static final class Way {
    volatile boolean gone;
  }

  VanishingRelay(int port) throws IOException {
    this.port = port;
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Forgets the connections of now. */
  void vanish() {
    now.gone = true;
    now = new Way();
  }

  private interface Task {
    void run() throws IOException;
  }

  private synchronized void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException closed) {
                return;
              }
            },
            "vanishing relay");
    threads.add(thread);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = keep(listening.accept());
      // From where he comes from, so that the server tells him from others.
      Socket server =
          keep(new Socket(InetAddress.getLoopbackAddress(), port, client.getInetAddress(), 0));
      Way way = now;
      start(() -> carry(way, client, server));
      start(() -> carry(way, server, client));
    }
  }

  private synchronized Socket keep(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    open.add(socket);
    return socket;
  }

  private static void carry(Way way, Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] piece = new byte[8_192];
    int read = in.read(piece);
    while (!way.gone && read >= 0) {
      out.write(piece, 0, read);
      read = in.read(piece);
    }
    if (!way.gone) {
      to.shutdownOutput();
    }
  }

  @Override
  public void close() throws Exception {
    listening.close();
    List<Thread> all;
    synchronized (this) {
      for (Socket socket : open) {
        socket.close();
      }
      all = List.copyOf(threads);
    }
    for (Thread thread : all) {
      thread.join();
    }
  }
}
