// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.wavefed.crypto.CertificateVerifier;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.x509.PkixVerifier;
import org.wavefed.crypto.x509.Signatures;
import org.wavefed.crypto.x509.TrustRoots;
import org.wavefed.model.Bytes;
import org.wavefed.testkit.ca.IssuedCertificate;
import org.wavefed.testkit.ca.Leaf;
import org.wavefed.testkit.ca.TestAuthority;
import org.wavefed.transport.s2s.End.Certificate;

/** The certificates of both ends, and who believes them: each made, and verified, once. */
final class MatrixCertificates {
  private record Shown(Certificate kind, String domain) {}

  /** Asks the real verifier once for each question. */
  private static final class Remembering implements CertificateVerifier {
    private record Question(List<Bytes> chain, String domain) {}

    private final CertificateVerifier real;
    private final Map<Question, Optional<CryptoException>> answers = new ConcurrentHashMap<>();

    Remembering(CertificateVerifier real) {
      this.real = real;
    }

    @Override
    public void verify(List<Bytes> chain, String domain, Purpose purpose) {
      answers
          .computeIfAbsent(new Question(chain, domain), asked -> ask(asked, purpose))
          .ifPresent(
              refusal -> {
                throw refusal;
              });
    }

    private Optional<CryptoException> ask(Question asked, Purpose purpose) {
      try {
        real.verify(asked.chain(), asked.domain(), purpose);
        return Optional.empty();
      } catch (CryptoException refusal) {
        return Optional.of(refusal);
      }
    }
  }

  private final TestAuthority authority = TestAuthority.create("Matrix");
  private final TestAuthority stranger = TestAuthority.create("Stranger");
  private final Map<Shown, IssuedCertificate> issued = new ConcurrentHashMap<>();
  private final CertificateVerifier verifier = verifier(false);
  private final CertificateVerifier oldPeersVerifier = verifier(true);

  private CertificateVerifier verifier(boolean oldPeers) {
    TrustRoots roots = TrustRoots.of(List.of(authority.certificate()));
    return new Remembering(
        new PkixVerifier(roots, oldPeers, Signatures.jdk(), InstantSource.system()));
  }

  /** Trusts the authority of the good certificates, and nobody else. */
  CertificateVerifier verifier(End end) {
    return end.oldPeers() ? oldPeersVerifier : verifier;
  }

  IssuedCertificate of(Certificate kind, String domain) {
    return issued.computeIfAbsent(
        new Shown(kind, domain), shown -> issue(kind, domain, "wave." + domain));
  }

  private IssuedCertificate issue(Certificate kind, String domain, String service) {
    Leaf leaf = Leaf.of(service).withDnsNames(domain, service);
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    return switch (kind) {
      case VALID -> authority.issue(leaf);
      case WILDCARD -> authority.issue(leaf.withDnsNames(domain, "*." + domain));
      case SERVER_ONLY -> authority.issue(leaf.withExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      case NO_SAN -> authority.issue(leaf.withDnsNames());
      case EXPIRED -> authority.issue(leaf.expired());
      case NOT_YET_VALID -> authority.issue(leaf.withValidity(tomorrow, leaf.notAfter()));
      case SELF_SIGNED -> TestAuthority.selfSigned(leaf);
      case UNKNOWN_ROOT -> stranger.issue(leaf);
      case WRONG_NAME -> authority.issue(leaf.withDnsNames("other.example", "wave.other.example"));
      case SUFFIX -> authority.issue(leaf.withDnsNames("evil" + domain, "*.evil" + domain));
      case NOT_FOR_TLS ->
          authority.issue(leaf.withExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));
    };
  }
}
