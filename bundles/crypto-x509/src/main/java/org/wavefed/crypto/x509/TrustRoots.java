// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The certificates that the operator trusts to vouch for others. Immutable.
 *
 * @param certificates the roots; may be empty, then nobody is trusted
 */
public record TrustRoots(Set<X509Certificate> certificates) {
  public TrustRoots {
    certificates = Set.copyOf(certificates);
  }

  /** Trusts the given certificates. */
  public static TrustRoots of(Collection<X509Certificate> certificates) {
    return new TrustRoots(Set.copyOf(certificates));
  }

  Set<TrustAnchor> anchors() {
    return certificates.stream()
        .map(root -> new TrustAnchor(root, null))
        .collect(Collectors.toUnmodifiableSet());
  }
}
