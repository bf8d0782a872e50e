// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The server's side of XEP-0114, played line by line by a test. */
final class FakeServer implements AutoCloseable {
  private final ServerSocket listener;
  private Socket socket;
  private BufferedReader in;

  FakeServer() throws IOException {
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(10_000);
  }

  int port() {
    return listener.getLocalPort();
  }

  void accept() throws IOException {
    socket = listener.accept();
    socket.setSoTimeout(10_000);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  void send(String xml) throws IOException {
    socket.getOutputStream().write(xml.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  /** Sends a piece again and again until nobody takes it; returns how many bytes somebody did. */
  long pour(String piece, long max) {
    byte[] bytes = piece.getBytes(UTF_8);
    long taken = 0;
    try {
      while (taken < max) {
        socket.getOutputStream().write(bytes);
        taken += bytes.length;
      }
    } catch (IOException ended) {
      return taken;
    }
    return taken;
  }

  /** Reads up to and with the given text. */
  String readTo(String end) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended after: " + read);
      }
      read.append((char) next);
    }
    return read.toString();
  }

  boolean isEnded() throws IOException {
    return in.read() < 0;
  }

  void establish() throws IOException {
    accept();
    readTo("<stream:stream");
    readTo(">");
    send(
        "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
            + " xmlns:stream='http://etherx.jabber.org/streams' id='s1'>");
    readTo("</handshake>");
    send("<handshake/>");
  }

  void disconnect() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    if (socket != null) {
      socket.close();
    }
  }
}
