// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.wavefed.crypto.SignatureAlgorithm;
import org.wavefed.crypto.SigningKeys.KeyStatus;

/**
 * A key file with what was found around it. Immutable.
 *
 * @param domain the domain it is for
 * @param file the key file
 * @param algorithm how it signs
 * @param key the key, empty if it cannot be used
 * @param chain the chain that belongs to the key
 * @param signer the chain as a signer of the domain, if it is verified
 * @param problem what is wrong, in one line; empty if nothing is
 */
record KeyEntry(
    String domain,
    Path file,
    SignatureAlgorithm algorithm,
    Optional<KeyMaterial> key,
    Optional<CertificateChain> chain,
    Optional<VerifiedSigner> signer,
    String problem) {

  KeyStatus status(Instant now) {
    Optional<X509Certificate> leaf = chain.map(CertificateChain::leaf);
    return new KeyStatus(
        domain,
        algorithm,
        file,
        state(now),
        leaf.map(c -> c.getSubjectX500Principal().getName()).orElse(""),
        leaf.map(c -> c.getIssuerX500Principal().getName()).orElse(""),
        leaf.map(c -> c.getNotBefore().toInstant()).orElse(Instant.EPOCH),
        leaf.map(c -> c.getNotAfter().toInstant()).orElse(Instant.EPOCH));
  }

  private String state(Instant now) {
    if (chain.isPresent() && now.isAfter(chain.get().leaf().getNotAfter().toInstant())) {
      return "expired";
    }
    if (!problem.isEmpty()) {
      return problem;
    }
    return signer.isPresent() ? "in use" : "waiting for its certificate";
  }
}
