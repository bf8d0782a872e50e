// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Somebody on the way to a server of this machine who takes STARTTLS out of what it offers, and
 * passes everything else on. Thread-safe.
 */
public final class StrippingRelay implements AutoCloseable {
  private static final String OFFERED = "</stream:features>";

  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int port;

  /**
   * Begins.
   *
   * @param listen the port of it, 0 for a free one
   * @param port that of the server
   * @throws IOException if it cannot listen there
   */
  public StrippingRelay(int listen, int port) throws IOException {
    this.listening = new ServerSocket(listen, 50, InetAddress.getLoopbackAddress());
    this.port = port;
    threads.execute(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        open.add(client);
        threads.execute(() -> relay(client));
      }
    } catch (IOException closed) {
      threads.shutdown();
    }
  }

  /** A server that is not there closes this connection alone. */
  private void relay(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      open.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Future<?> there = threads.submit(() -> copy(client, server, false));
      copy(server, client, true);
      there.get();
    } catch (IOException | ExecutionException closed) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.removeIf(Socket::isClosed);
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
