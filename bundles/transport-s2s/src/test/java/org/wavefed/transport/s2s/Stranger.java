// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.wavefed.testkit.ca.IssuedCertificate;

/** Somebody who speaks to a server byte by byte, as he likes, from an address that is his alone. */
final class Stranger implements AutoCloseable {
  static final String NAME = "evil.example";
  private static final int PATIENCE_MILLIS = 20_000;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final InetAddress address;
  private final IssuedCertificate certificate;
  private final Socket connection;
  private Socket talk;

  Stranger(int port, IssuedCertificate certificate) throws IOException {
    int number = COUNT.incrementAndGet();
    this.address =
        InetAddress.getByAddress(new byte[] {127, 1, (byte) (number >> 8), (byte) number});
    this.certificate = certificate;
    this.connection = new Socket(InetAddress.getLoopbackAddress(), port, address, 0);
    connection.setSoTimeout(PATIENCE_MILLIS);
    connection.setTcpNoDelay(true);
    talk = connection;
  }

  InetAddress address() {
    return address;
  }

  static String header() {
    return ("<stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams'"
            + " xmlns:db='jabber:server:dialback' from='%s' to='%s' version='1.0'>")
        .formatted(NAME, BesideAGoodPair.SERVICE);
  }

  /** From him to the server's wave service. */
  static String ping(String id) {
    return "<iq type='get' id='%s' from='%s' to='%s'><ping xmlns='urn:xmpp:ping'/></iq>"
        .formatted(id, NAME, BesideAGoodPair.SERVICE);
  }

  Stranger say(String text) throws IOException {
    return say(text.getBytes(UTF_8));
  }

  Stranger say(byte[] bytes) throws IOException {
    talk.getOutputStream().write(bytes);
    talk.getOutputStream().flush();
    return this;
  }

  /** Says a piece again and again until nobody takes it any more; returns how many bytes were. */
  long pour(byte[] piece, long max) {
    return pour(talk, piece, max);
  }

  /** As {@link #pour}, below TLS. */
  long pourRecords(byte[] records, long max) {
    return pour(connection, records, max);
  }

  private static long pour(Socket to, byte[] piece, long max) {
    long taken = 0;
    try {
      while (taken < max) {
        to.getOutputStream().write(piece);
        taken += piece.length;
      }
    } catch (IOException ended) {
      return taken;
    }
    return taken;
  }

  /** What comes up to and with an end. */
  String hear(String end) throws IOException {
    InputStream in = talk.getInputStream();
    StringBuilder heard = new StringBuilder();
    while (heard.indexOf(end, heard.length() - end.length()) < 0) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("it ended after " + heard);
      }
      heard.append((char) octet);
    }
    return heard.toString();
  }

  /** What comes until the server ends the connection, in whichever way. */
  String hearOut() throws IOException {
    StringBuilder heard = new StringBuilder();
    try {
      InputStream in = talk.getInputStream();
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        heard.append((char) octet);
      }
    } catch (SocketTimeoutException neverEnded) {
      throw neverEnded;
    } catch (IOException reset) {
      heard.append("[reset]");
    }
    return heard.toString();
  }

  /** Opens a stream. */
  Stranger open() throws IOException {
    say(header()).hear("</stream:features>");
    return this;
  }

  /** Is asked to begin with TLS. */
  Stranger proceed() throws IOException {
    open().say("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").hear("<proceed");
    hear(">");
    return this;
  }

  /** Encrypts, by one of the versions of TLS. */
  Stranger encrypt(String... versions) throws IOException {
    proceed();
    SSLSocket tls =
        (SSLSocket)
            context(certificate)
                .getSocketFactory()
                .createSocket(connection, null, connection.getPort(), true);
    tls.setUseClientMode(true);
    if (versions.length > 0) {
      tls.setEnabledProtocols(versions);
    }
    tls.startHandshake();
    talk = tls;
    return this;
  }

  /** Opens a stream both ways and is let in, by his certificate. */
  Stranger authenticate(String... versions) throws IOException {
    encrypt(versions)
        .open()
        .say("<bidi xmlns='urn:xmpp:bidi'/>")
        .say("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth>")
        .hear("<success");
    hear(">");
    return open();
  }

  /** TLS with a certificate, which takes any. */
  static SSLContext context(IssuedCertificate certificate) throws IOException {
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          NAME,
          certificate.key(),
          new char[0],
          certificate.chain().toArray(new java.security.cert.Certificate[0]));
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(keys, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), new TrustManager[] {new AnyCertificate()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("every Java has TLS", e);
    }
  }

  /** TLS, once it was encrypted. */
  SSLSocket tls() {
    return (SSLSocket) talk;
  }

  /** Goes without a word (RST). */
  void reset() throws IOException {
    connection.setSoLinger(true, 0);
    connection.close();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
