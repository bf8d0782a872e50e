// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.wavefed.transport.s2s.establish.Target;

/** Makes TLS engines for our hosts. Thread-safe. */
final class Tls {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] SERVER_TO_SERVER = {"xmpp-server"};

  private volatile Map<String, SSLContext> contexts = Map.of();

  /**
   * @param identities by host
   */
  Tls(Map<String, TlsIdentity> identities) {
    show(identities);
  }

  /**
   * Shows these from the next connection on. No session of before is resumed then, so that nobody
   * holds on to an old certificate.
   *
   * @param identities by host, of the same hosts
   */
  void show(Map<String, TlsIdentity> identities) {
    Map<String, SSLContext> made = new HashMap<>();
    identities.keySet().forEach(host -> made.put(host, context(identities, host)));
    contexts = Map.copyOf(made);
  }

  private static SSLContext context(Map<String, TlsIdentity> identities, String usual) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new IdentityKeyManager(identities, usual)},
          new TrustManager[] {new AnyCertificate()},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /** With the others whoever gets a key later can read what was said before (RFC 9325, 4.1). */
  private static boolean hasForwardSecrecy(String suite) {
    return !suite.startsWith("TLS_RSA_") && !suite.startsWith("TLS_ECDH_");
  }

  /** For a connection of a host of ours to somebody. */
  SSLEngine client(Pair pair, Target target) {
    SSLEngine engine = contexts.get(pair.from()).createSSLEngine(pair.to(), target.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = parameters(engine, target.directTls());
    serverName(pair.to()).ifPresent(name -> parameters.setServerNames(List.of(name)));
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Not every domain of an address is a host name by the rules of SNI. */
  private static Optional<SNIServerName> serverName(String host) {
    try {
      return Optional.of(new SNIHostName(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** For a connection from somebody to that host of ours, unless he says otherwise by SNI. */
  SSLEngine server(String host, boolean directTls) {
    SSLEngine engine = contexts.get(host).createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters(engine, directTls));
    engine.setWantClientAuth(true);
    return engine;
  }

  private static SSLParameters parameters(SSLEngine engine, boolean directTls) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(
        Arrays.stream(parameters.getCipherSuites())
            .filter(Tls::hasForwardSecrecy)
            .toArray(String[]::new));
    if (directTls) {
      parameters.setApplicationProtocols(SERVER_TO_SERVER);
    }
    return parameters;
  }
}
