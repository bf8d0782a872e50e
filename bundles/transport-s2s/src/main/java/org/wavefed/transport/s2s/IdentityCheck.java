// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What others would find wrong with a certificate of ours, before they do. */
final class IdentityCheck {
  /** How long before a certificate expires that is told. */
  static final Duration SOON = Duration.ofDays(14);

  private static final Set<String> CLIENT_USAGES = Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

  private IdentityCheck() {}

  /**
   * Returns if the key belongs to the certificate, and the certificate is for the domain.
   *
   * @param file the certificate's
   * @throws IllegalArgumentException with one line for the operator, if not
   */
  static void require(TlsIdentity identity, S2sSettings.Domain domain, Path file) {
    X509Certificate own = identity.chain().get(0);
    if (!isKeyOf(identity.key(), own)) {
      throw new IllegalArgumentException(
          "tls.key: the key of %s does not belong to the first certificate in %s"
              .formatted(domain.name(), file));
    }
    CertificateNames names = CertificateNames.of(own);
    if (!names.cover(domain.name())
        && !names.cover(domain.service())
        && !names.isNamedByCommonName(domain.name())) {
      throw new IllegalArgumentException(
          "tls.certificate: %s is for %s, neither for %s nor for %s"
              .formatted(file, names, domain.name(), domain.service()));
    }
  }

  /** A signature of the one must be good for the other. */
  private static boolean isKeyOf(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] text = "is it mine?".getBytes(UTF_8);
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(text);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(text);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** What is worth a warning, a line each. */
  static List<String> warnings(
      TlsIdentity identity, S2sSettings.Domain domain, Path key, Instant now) {
    X509Certificate own = identity.chain().get(0);
    List<String> warnings = new ArrayList<>();
    validity(own, domain.name(), now).ifPresent(warnings::add);
    CertificateNames names = CertificateNames.of(own);
    for (String host : List.of(domain.name(), domain.service())) {
      if (!names.cover(host)) {
        warnings.add(
            "the certificate of %s does not name %s: others let %s in by dialback, or not at all"
                .formatted(domain.name(), host, host));
      }
    }
    if (!mayBeAClients(own)) {
      warnings.add(
          "the certificate of %s is not for clients (extended key usage): some servers will not take our streams"
              .formatted(domain.name()));
    }
    if (isOpenToOthers(key)) {
      warnings.add("the key file " + key + " is open to others: chmod o= it");
    }
    return warnings;
  }

  /** Whether it is not valid, or will soon not be. */
  static Optional<String> validity(X509Certificate certificate, String domain, Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from)) {
      return Optional.of("the certificate of " + domain + " is not valid before " + from);
    } else if (now.isAfter(until)) {
      return Optional.of("the certificate of " + domain + " expired on " + until);
    }
    return now.plus(SOON).isAfter(until)
        ? Optional.of("the certificate of " + domain + " expires on " + until)
        : Optional.empty();
  }

  private static boolean mayBeAClients(X509Certificate certificate) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null || usages.stream().anyMatch(CLIENT_USAGES::contains);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static boolean isOpenToOthers(Path key) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(key);
      return permissions.contains(PosixFilePermission.OTHERS_READ)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException | UnsupportedOperationException e) {
      // A file system that knows no permissions, or a file that has just been replaced.
      return false;
    }
  }
}
