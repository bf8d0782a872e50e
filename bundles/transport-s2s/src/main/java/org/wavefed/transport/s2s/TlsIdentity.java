// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificate that a domain of ours shows, and its key.
 *
 * @param chain the domain's own certificate first
 */
record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
  private static final long FILE_MAX = 1 << 20;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  TlsIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * Reads PEM files.
   *
   * @throws IllegalArgumentException with one line for the operator, if they cannot be used
   */
  static TlsIdentity read(Path certificate, Path key) {
    return new TlsIdentity(key(key), chain(certificate));
  }

  private static List<X509Certificate> chain(Path file) {
    try {
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes("tls.certificate", file)));
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("tls.certificate: no certificate in " + file);
      }
      return certificates.stream().map(X509Certificate.class::cast).toList();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "tls.certificate: " + file + " is no certificate in PEM: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(Path file) {
    Matcher pem =
        KEY.matcher(new String(bytes("tls.key", file), java.nio.charset.StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IllegalArgumentException(
          "tls.key: no 'BEGIN PRIVATE KEY' in " + file + "; convert it with openssl pkey");
    }
    try {
      PKCS8EncodedKeySpec spec =
          new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
      return key(file, spec);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tls.key: " + file + " is broken: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(Path file, PKCS8EncodedKeySpec spec) {
    GeneralSecurityException last = null;
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw new IllegalArgumentException("the key is neither EC, RSA nor EdDSA", last);
  }

  private static byte[] bytes(String key, Path file) {
    try {
      if (Files.size(file) > FILE_MAX) {
        throw new IllegalArgumentException(key + ": " + file + " is too large");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          key
              + ": there is no "
              + file
              + ": put the domain's certificate and its key into place (openssl req -x509 makes"
              + " them: docs/s2s.md)",
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(key + ": " + file + " cannot be read", e);
    }
  }
}
