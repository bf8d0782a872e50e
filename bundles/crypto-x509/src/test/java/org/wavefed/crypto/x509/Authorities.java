// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.time.InstantSource;
import java.util.List;
import org.wavefed.testkit.ca.IssuedCertificate;
import org.wavefed.testkit.ca.Leaf;
import org.wavefed.testkit.ca.TestAuthority;

/** Certificates that several tests use; making keys is slow. */
final class Authorities {
  static final TestAuthority ROOT = TestAuthority.create("Root");
  static final TestAuthority INTERMEDIATE = ROOT.intermediate("Intermediate");
  static final TestAuthority STRANGER = TestAuthority.create("Stranger");

  static final IssuedCertificate ACME = INTERMEDIATE.issue("acmewave.example");
  static final IssuedCertificate EXPIRED =
      INTERMEDIATE.issue(Leaf.of("acmewave.example").expired());
  static final IssuedCertificate COMMON_NAME =
      INTERMEDIATE.issue(Leaf.of("acmewave.example").withDnsNames());
  static final IssuedCertificate UNTRUSTED = STRANGER.issue("acmewave.example");
  static final IssuedCertificate ED25519 =
      ROOT.issue(Leaf.of("initech.example").withKeyAlgorithm("Ed25519"));

  private Authorities() {}

  static PkixVerifier verifier(boolean acceptCommonName) {
    return verifier(acceptCommonName, InstantSource.system());
  }

  static PkixVerifier verifier(boolean acceptCommonName, InstantSource clock) {
    return new PkixVerifier(
        TrustRoots.of(List.of(ROOT.certificate())), acceptCommonName, Signatures.fastest(), clock);
  }
}
