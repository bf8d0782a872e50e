// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A way to a server on which every byte goes by itself. For one connection. */
final class TricklingRelay implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Thread there;

  TricklingRelay(int port) throws IOException {
    there = new Thread(() -> relay(port), "trickling");
    there.start();
  }

  int port() {
    return listening.getLocalPort();
  }

  private void relay(int port) {
    try (Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      Thread back = new Thread(() -> trickle(server, client), "trickling back");
      back.start();
      trickle(client, server);
      back.join();
    } catch (IOException | InterruptedException closed) {
      return;
    }
  }

  /** Until one of them ends; then both do. */
  private static void trickle(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        out.write(octet);
      }
    } catch (IOException closed) {
      return;
    }
  }

  @Override
  public void close() throws Exception {
    listening.close();
    there.join();
  }
}
