// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.SignerInfo.HashAlgorithm;
import org.wavefed.crypto.x509.CertificateChain;
import org.wavefed.crypto.x509.Settings;
import org.wavefed.crypto.x509.X509Crypto;

/** Signs as a server does, with keys and chains that it reads from files. */
record FileSigner(Map<String, JsonNode> certificates) {
  private static final Integer DNS_NAME = 2;

  /**
   * Signs the vector's delta.
   *
   * @param leaf the certificate of the vector's key
   */
  DeltaSignature sign(Vector vector, JsonNode leaf) throws IOException {
    Path folder = Files.createTempDirectory("wavefed-conformance");
    try {
      return sign(vector, leaf, folder);
    } finally {
      delete(folder);
    }
  }

  /** Signs by the chain that has the signer id. */
  private DeltaSignature sign(Vector vector, JsonNode leaf, Path folder) throws IOException {
    List<JsonNode> path = path(leaf);
    Files.writeString(folder.resolve("roots.pem"), path.get(path.size() - 1).path("pem").asText());
    Path keys = Files.createDirectory(folder.resolve("keys"));
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      for (int length = 1; length <= path.size(); length++) {
        List<JsonNode> chain = path.subList(0, length);
        CertificateChain parsed =
            CertificateChain.parse(chain.stream().map(c -> Vector.bytes(c.path("der"))).toList());
        if (parsed.id(algorithm).hash().equals(vector.bytes("signerId"))) {
          return sign(vector, leaf, chain, algorithm, folder.resolve("roots.pem"), keys);
        }
      }
    }
    throw new IllegalArgumentException("no chain of the certificates here has the signer id");
  }

  private static DeltaSignature sign(
      Vector vector,
      JsonNode leaf,
      List<JsonNode> chain,
      HashAlgorithm algorithm,
      Path roots,
      Path keys)
      throws IOException {
    X509Certificate certificate =
        CertificateChain.parse(List.of(Vector.bytes(leaf.path("der")))).leaf();
    String domain = domain(certificate);
    Path key = keys.resolve(domain + ".key");
    Files.writeString(key, leaf.path("privateKeyPem").asText());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    StringBuilder pem = new StringBuilder();
    chain.forEach(link -> pem.append(link.path("pem").asText()).append('\n'));
    Files.writeString(keys.resolve(domain + ".crt"), pem);
    Settings defaults = Settings.of(roots, keys);
    Settings settings =
        new Settings(
            defaults.trustRoots(),
            false,
            keys,
            true,
            algorithm,
            defaults.rsaAlgorithm(),
            false,
            defaults.recheck());
    InstantSource clock = InstantSource.fixed(certificate.getNotAfter().toInstant());
    return new X509Crypto(settings, clock).sign(domain, vector.bytes("deltaBytes"));
  }

  /** A domain that the certificate is for. */
  private static String domain(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        if (name.get(0).equals(DNS_NAME)) {
          return String.valueOf(name.get(1)).replace("*", "any");
        }
      }
    } catch (CertificateParsingException e) {
      throw new IllegalArgumentException("a certificate with broken names", e);
    }
    String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    return subject.replaceAll(".*CN=([^,]+).*", "$1");
  }

  /** The certificate and its issuers, as far as they are known. */
  private List<JsonNode> path(JsonNode leaf) {
    List<JsonNode> path = new ArrayList<>(List.of(leaf));
    for (JsonNode last = leaf; last != null; ) {
      String issuer = last.path("issuer").asText();
      last =
          issuer.equals(last.path("subject").asText())
              ? null
              : certificates.values().stream()
                  .filter(c -> c.path("subject").asText().equals(issuer))
                  .min(Comparator.comparing(c -> c.path("id").asText()))
                  .orElse(null);
      if (last != null) {
        path.add(last);
      }
    }
    return path;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
