// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.security.PublicKey;
import java.time.Instant;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.SignerId;
import org.wavefed.crypto.SignerInfo;

/**
 * A signer whose chain leads to a trust root. Immutable.
 *
 * @param info the signer as it came
 * @param id its id
 * @param key the leaf's public key, as the signature provider likes it best
 * @param names the domains that the leaf is for
 * @param maySign false if the leaf's key usage forbids signatures
 * @param notBefore when the first moment comes at which every certificate of the chain is valid
 * @param notAfter the last moment at which every certificate of the chain is valid
 */
record VerifiedSigner(
    SignerInfo info,
    SignerId id,
    PublicKey key,
    CertificateNames names,
    boolean maySign,
    Instant notBefore,
    Instant notAfter) {

  /** Returns if the signer may sign deltas of the domain at that time. */
  void requireFor(String domain, boolean acceptCommonName, Instant now) {
    requireValidAt(now);
    if (!maySign) {
      throw refused(
          Reason.UNTRUSTED, "the certificate's key usage does not allow digital signatures");
    }
    if (!names.signFor(domain, acceptCommonName)) {
      throw refused(Reason.WRONG_DOMAIN, names.refusal(domain, names.signFor(domain, true)));
    }
  }

  private void requireValidAt(Instant now) {
    if (now.isAfter(notAfter)) {
      throw refused(
          Reason.UNTRUSTED,
          "the certificate chain of " + info.domain() + " expired at " + notAfter);
    }
    if (now.isBefore(notBefore)) {
      throw refused(
          Reason.UNTRUSTED,
          "the certificate chain of " + info.domain() + " is not valid before " + notBefore);
    }
  }

  private CryptoException refused(Reason reason, String message) {
    return new CryptoException(reason, message, id, null);
  }
}
