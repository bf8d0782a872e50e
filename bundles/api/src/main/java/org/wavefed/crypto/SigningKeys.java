// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The keys that this server signs with: made here, certified elsewhere, never shown. Calls block on
 * files. Thread-safe.
 */
@ConsumerType
public interface SigningKeys {
  /**
   * A key and what is known of its certificate.
   *
   * @param domain the domain it signs for
   * @param algorithm how it signs
   * @param keyFile where the private key is
   * @param state {@code "in use"}, {@code "waiting for its certificate"}, {@code "expired"} or what
   *     is wrong with it
   * @param subject the certificate's subject, empty without one
   * @param issuer the certificate's issuer, empty without one
   * @param notBefore start of validity, or {@link Instant#EPOCH} without a certificate
   * @param notAfter end of validity, or {@link Instant#EPOCH} without a certificate
   */
  record KeyStatus(
      String domain,
      SignatureAlgorithm algorithm,
      Path keyFile,
      String state,
      String subject,
      String issuer,
      Instant notBefore,
      Instant notAfter) {}

  /** Every key of this server. */
  List<KeyStatus> list();

  /**
   * Makes a key for a domain and a certificate request for it; the key's file is readable by its
   * owner alone. An earlier key stays in use until the new one's chain is imported.
   *
   * @return the certificate request (PKCS#10, PEM) for the certificate authority
   * @throws CryptoException if the files cannot be written
   */
  String create(String domain, SignatureAlgorithm algorithm);

  /**
   * Takes the certificate chain for the domain's newest key into use at once.
   *
   * @param pem one or more certificates, the domain's first
   * @throws CryptoException if it does not belong to the key, does not name the domain or is not
   *     trusted
   */
  KeyStatus importChain(String domain, String pem);
}
