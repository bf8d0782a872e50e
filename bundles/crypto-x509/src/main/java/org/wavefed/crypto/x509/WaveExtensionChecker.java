// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.util.Collection;
import java.util.Set;

/** Knows the critical extension by which early wave certificates were marked. */
final class WaveExtensionChecker extends PKIXCertPathChecker {
  private static final String WAVE = "1.3.6.1.4.1.11129.2.1.1";

  @Override
  public void init(boolean forward) {}

  @Override
  public boolean isForwardCheckingSupported() {
    return true;
  }

  @Override
  public Set<String> getSupportedExtensions() {
    return Set.of(WAVE);
  }

  @Override
  public void check(Certificate certificate, Collection<String> unresolvedCriticalExtensions) {
    unresolvedCriticalExtensions.remove(WAVE);
  }
}
