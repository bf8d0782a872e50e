// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** The certificate that a server shows to whoever connects. */
final class ShownCertificate {
  private static final int PATIENCE_MILLIS = 20_000;

  private ShownCertificate() {}

  /** By TLS at once; an empty name says nothing by SNI. */
  static X509Certificate direct(InetSocketAddress server, String name)
      throws IOException, GeneralSecurityException {
    try (Socket socket = connected(server)) {
      return handshake(socket, name);
    }
  }

  /** By STARTTLS; the stream is for that host, and SNI says nothing. */
  static X509Certificate startTls(InetSocketAddress server, String to)
      throws IOException, GeneralSecurityException {
    try (Socket socket = connected(server)) {
      String open =
          "<stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams'"
              + " from='peer.example' to='%s' version='1.0'>";
      socket.getOutputStream().write(open.formatted(to).getBytes(UTF_8));
      read(socket, "</stream:features>");
      socket
          .getOutputStream()
          .write("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>".getBytes(UTF_8));
      read(socket, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
      return handshake(socket, "");
    }
  }

  private static Socket connected(InetSocketAddress server) throws IOException {
    Socket socket = new Socket(server.getAddress(), server.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void read(Socket socket, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    while (!read.toString().endsWith(end)) {
      int octet = socket.getInputStream().read();
      if (octet < 0) {
        throw new IOException("it ended after " + read);
      }
      read.append((char) octet);
    }
  }

  private static X509Certificate handshake(Socket socket, String name)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new AnyCertificate()}, null);
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), false);
    tls.setUseClientMode(true);
    if (!name.isEmpty()) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name)));
      tls.setSSLParameters(parameters);
    }
    tls.startHandshake();
    return (X509Certificate) tls.getSession().getPeerCertificates()[0];
  }
}
