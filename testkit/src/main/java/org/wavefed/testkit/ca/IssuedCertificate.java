// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.ca;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.wavefed.model.Bytes;

/**
 * A certificate chain without its root, and the key of its first certificate.
 *
 * @param chain the domain's own certificate first
 * @param key its private key
 */
public record IssuedCertificate(List<X509Certificate> chain, PrivateKey key) {
  public IssuedCertificate {
    chain = List.copyOf(chain);
  }

  /** The domain's own certificate. */
  public X509Certificate leaf() {
    return chain.get(0);
  }

  /** The DER of each certificate. */
  public List<Bytes> der() {
    return chain.stream().map(c -> Bytes.wrap(encoded(c))).toList();
  }

  /** The chain in PEM. */
  public String chainPem() {
    StringBuilder text = new StringBuilder();
    chain.forEach(c -> text.append(pem("CERTIFICATE", encoded(c))));
    return text.toString();
  }

  /** The key in PEM (PKCS#8). */
  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /** Writes {@code NAME.crt} and {@code NAME.key} into a folder. */
  public void write(Path folder, String name) {
    try {
      Files.createDirectories(folder);
      Path keyFile = folder.resolve(name + ".key");
      Files.writeString(keyFile, keyPem());
      Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
      Files.writeString(folder.resolve(name + ".crt"), chainPem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
