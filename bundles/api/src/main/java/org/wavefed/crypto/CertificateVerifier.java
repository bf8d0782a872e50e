// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.wavefed.model.Bytes;

/** Decides whether a certificate chain may stand for a domain. Thread-safe. */
@ConsumerType
public interface CertificateVerifier {
  /** What the certificate is used for. */
  enum Purpose {
    /** Signing deltas. */
    SIGNER,
    /** Authenticating one end of a server-to-server stream (RFC 6120, RFC 9525). */
    STREAM
  }

  /**
   * Returns if the chain leads to a trust root, is valid now and its first certificate names the
   * domain.
   *
   * @param chain the DER of each certificate, the end entity's first
   * @throws CryptoException if not
   */
  void verify(List<Bytes> chain, String domain, Purpose purpose);
}
