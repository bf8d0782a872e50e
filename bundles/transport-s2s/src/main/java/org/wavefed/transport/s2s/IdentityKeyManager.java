// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows the certificate of the host that the other side asks for by SNI, or a usual one. */
final class IdentityKeyManager extends X509ExtendedKeyManager {
  private final Map<String, TlsIdentity> identities;
  private final String usual;

  /**
   * @param identities by host
   * @param usual the host to be without SNI
   */
  IdentityKeyManager(Map<String, TlsIdentity> identities, String usual) {
    this.identities = Map.copyOf(identities);
    this.usual = usual;
  }

  @Override
  public String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
      for (SNIServerName name : session.getRequestedServerNames()) {
        if (name instanceof SNIHostName host && identities.containsKey(name(host))) {
          return matching(name(host), keyType);
        }
      }
    }
    return matching(usual, keyType);
  }

  private static String name(SNIHostName host) {
    return host.getAsciiName().toLowerCase(Locale.ROOT);
  }

  @Override
  public String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
    for (String keyType : keyTypes) {
      String alias = matching(usual, keyType);
      if (alias != null) {
        return alias;
      }
    }
    return null;
  }

  private @Nullable String matching(String host, String keyType) {
    String algorithm = identities.get(host).key().getAlgorithm();
    String has = algorithm.startsWith("Ed") ? "EdDSA" : algorithm;
    return keyType.equals(has) || (keyType.startsWith(has)) ? host : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identities.get(alias).chain().toArray(new X509Certificate[0]);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identities.get(alias).key();
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return List.copyOf(identities.keySet()).toArray(new String[0]);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return getClientAliases(keyType, issuers);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
