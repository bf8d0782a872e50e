// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Collection;
import java.util.Set;

/** Refuses RSA keys that can be broken (NIST SP 800-131A: fewer than 2048 bits). */
final class KeyLengthChecker extends PKIXCertPathChecker {
  private static final int RSA_BITS_MIN = 2048;

  /** A path has such a key; the message is for people. */
  static final class ShortKeyException extends CertPathValidatorException {
    private static final long serialVersionUID = 1L;

    ShortKeyException(String message) {
      super(message);
    }
  }

  @Override
  public void init(boolean forward) {}

  @Override
  public boolean isForwardCheckingSupported() {
    return true;
  }

  @Override
  public Set<String> getSupportedExtensions() {
    return Set.of();
  }

  @Override
  public void check(Certificate certificate, Collection<String> unresolvedCriticalExtensions)
      throws CertPathValidatorException {
    if (certificate.getPublicKey() instanceof RSAKey key
        && key.getModulus().bitLength() < RSA_BITS_MIN) {
      throw new ShortKeyException(
          "the RSA key of "
              + ((X509Certificate) certificate).getSubjectX500Principal().getName()
              + " has "
              + key.getModulus().bitLength()
              + " bits; "
              + RSA_BITS_MIN
              + " or more are needed");
    }
  }
}
