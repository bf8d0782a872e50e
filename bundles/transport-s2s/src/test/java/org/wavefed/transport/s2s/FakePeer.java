// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Somebody to whom a server connects, who does what he should up to a point; then he is gone, or
 * silent.
 */
final class FakePeer implements AutoCloseable {
  /** What he does, in order; before each he may stop. */
  private static final List<Step> STEPS =
      List.of(
          peer -> peer.hear(" version='1.0'"),
          peer -> peer.hear(">"),
          peer -> peer.say(header()),
          peer -> peer.say(features("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")),
          peer -> peer.hear("<starttls"),
          peer -> peer.say("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"),
          FakePeer::encrypt,
          peer -> peer.hear(" version='1.0'"),
          peer -> peer.say(header()),
          peer ->
              peer.say(
                  features(
                      "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                          + "<mechanism>EXTERNAL</mechanism></mechanisms>")),
          peer -> peer.hear("</auth>"),
          peer -> peer.say("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"),
          peer -> peer.hear(" version='1.0'"),
          peer -> peer.say(header()),
          peer -> peer.say(features("")),
          peer -> peer.hear("<iq"));

  /** How many there are. */
  static final int ALL = STEPS.size();

  private interface Step {
    void by(FakePeer peer) throws IOException;
  }

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final SSLContext context;
  private final int steps;
  private final boolean resets;
  private final List<Socket> silent = new ArrayList<>();
  private final Thread thread = new Thread(this::serve, "fake peer");
  private volatile Socket connection = new Socket();
  private Socket talk = connection;

  /**
   * @param context with his certificate
   * @param steps how many he takes
   * @param resets whether he is gone then
   */
  FakePeer(SSLContext context, int steps, boolean resets) throws IOException {
    this.context = context;
    this.steps = steps;
    this.resets = resets;
    thread.start();
  }

  int port() {
    return listening.getLocalPort();
  }

  private static String header() {
    return "<stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams'"
        + " xmlns:db='jabber:server:dialback' id='1' version='1.0'>";
  }

  private static String features(String content) {
    return "<stream:features>" + content + "</stream:features>";
  }

  private void serve() {
    while (!listening.isClosed()) {
      try {
        connection = listening.accept();
        connection.setSoTimeout(20_000);
        talk = connection;
        for (Step step : STEPS.subList(0, steps)) {
          step.by(this);
        }
        stop();
      } catch (IOException closed) {
        continue;
      }
    }
  }

  private void stop() throws IOException {
    if (resets) {
      connection.setSoLinger(true, 0);
      connection.close();
    } else {
      silent.add(connection);
    }
  }

  private void say(String text) throws IOException {
    talk.getOutputStream().write(text.getBytes(UTF_8));
    talk.getOutputStream().flush();
  }

  private void hear(String end) throws IOException {
    InputStream in = talk.getInputStream();
    StringBuilder heard = new StringBuilder();
    while (heard.indexOf(end) < 0) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("it ended after " + heard);
      }
      heard.append((char) octet);
    }
  }

  private void encrypt() throws IOException {
    hear(">");
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(connection, null, connection.getPort(), true);
    tls.setUseClientMode(false);
    tls.setNeedClientAuth(true);
    tls.startHandshake();
    talk = tls;
  }

  @Override
  public void close() throws Exception {
    listening.close();
    connection.close();
    for (Socket socket : silent) {
      socket.close();
    }
    thread.join();
  }
}
