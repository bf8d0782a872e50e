// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.wavefed.crypto.CertificateVerifier;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.crypto.SignerInfo.HashAlgorithm;
import org.wavefed.model.Bytes;

/**
 * Verifies chains by PKIX (RFC 5280) without revocation. A signer's chain must be complete and in
 * order, as deployed servers demand; from the chain of a stream, what is needed is picked (RFC 8446
 * allows extra certificates). RSA keys need 2048 bits, in all of them.
 */
public final class PkixVerifier implements CertificateVerifier {
  private static final int DIGITAL_SIGNATURE = 0;
  private static final String KEY_USAGE = "2.5.29.15";
  private static final List<String> STREAM_USAGES =
      List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

  private final TrustRoots roots;
  private final boolean acceptCommonName;
  private final Signatures signatures;
  private final InstantSource clock;

  /**
   * Makes a verifier.
   *
   * @param acceptCommonName whether a certificate may name its domain by its CN alone
   */
  public PkixVerifier(
      TrustRoots roots, boolean acceptCommonName, Signatures signatures, InstantSource clock) {
    this.roots = roots;
    this.acceptCommonName = acceptCommonName;
    this.signatures = signatures;
    this.clock = clock;
  }

  @Override
  public void verify(List<Bytes> chain, String domain, Purpose purpose) {
    switch (purpose) {
      case SIGNER ->
          requireFor(verifySigner(new SignerInfo(HashAlgorithm.SHA256, domain, chain)), domain);
      case STREAM -> verifyStream(CertificateChain.parse(chain), domain);
    }
  }

  /**
   * Verifies the path of a signer, but not yet for which domains it may sign.
   *
   * @throws CryptoException with {@link Reason#BAD_CERTIFICATE} or {@link Reason#UNTRUSTED}
   */
  VerifiedSigner verifySigner(SignerInfo info) {
    CertificateChain chain = CertificateChain.parse(info.certificates());
    validatePath(chain);
    X509Certificate leaf = chain.leaf();
    return new VerifiedSigner(
        info,
        chain.id(info.hashAlgorithm()),
        signatures.publicKey(leaf.getPublicKey()),
        CertificateNames.of(leaf),
        maySign(leaf),
        limit(chain, c -> c.getNotBefore().toInstant(), Comparator.reverseOrder()),
        limit(chain, c -> c.getNotAfter().toInstant(), Comparator.naturalOrder()));
  }

  /** Returns if a verified signer may sign for the domain now. */
  void requireFor(VerifiedSigner signer, String domain) {
    signer.requireFor(domain, acceptCommonName, clock.instant());
  }

  /**
   * Returns if the chain, as it stands, leads to a trust root and is valid now.
   *
   * @throws CryptoException with {@link Reason#UNTRUSTED}
   */
  public void validatePath(CertificateChain chain) {
    requireRoots(chain);
    try {
      PKIXParameters parameters = new PKIXParameters(roots.anchors());
      configure(parameters);
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(chain.certificates()),
              parameters);
    } catch (GeneralSecurityException e) {
      throw untrusted(chain, e);
    }
  }

  private void verifyStream(CertificateChain chain, String domain) {
    buildPath(chain);
    CertificateNames names = CertificateNames.of(chain.leaf());
    if (!names.authenticate(domain, acceptCommonName)) {
      throw new CryptoException(
          Reason.WRONG_DOMAIN, names.refusal(domain, names.authenticate(domain, true)));
    }
    if (!mayAuthenticate(chain.leaf())) {
      throw new CryptoException(
          Reason.UNTRUSTED,
          "the certificate of " + domain + " is not for TLS (extended key usage)");
    }
  }

  private void buildPath(CertificateChain chain) {
    requireRoots(chain);
    try {
      X509CertSelector leaf = new X509CertSelector();
      leaf.setCertificate(chain.leaf());
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots.anchors(), leaf);
      parameters.setMaxPathLength(CertificateChain.MAX_CERTIFICATES);
      parameters.addCertStore(
          CertStore.getInstance(
              "Collection", new CollectionCertStoreParameters(chain.certificates())));
      configure(parameters);
      CertPathBuilder.getInstance("PKIX").build(parameters);
    } catch (GeneralSecurityException e) {
      throw untrusted(chain, e);
    }
  }

  private void configure(PKIXParameters parameters) {
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(clock.instant()));
    parameters.addCertPathChecker(new WaveExtensionChecker());
    parameters.addCertPathChecker(new KeyLengthChecker());
  }

  private void requireRoots(CertificateChain chain) {
    if (roots.anchors().isEmpty()) {
      throw new CryptoException(
          Reason.UNTRUSTED,
          "there are no trust roots, so nobody can vouch for "
              + subject(chain)
              + ": put the root certificate into the trust folder (trust.roots)");
    }
  }

  private CryptoException untrusted(CertificateChain chain, GeneralSecurityException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof KeyLengthChecker.ShortKeyException) {
        return new CryptoException(Reason.UNTRUSTED, cause.getMessage(), null, e);
      }
    }
    // A search for a path leaves out what is not valid now, and does not say so.
    String why =
        validity(chain)
            .orElseGet(
                () -> "no path from " + subject(chain) + " to a trust root: " + e.getMessage());
    return new CryptoException(Reason.UNTRUSTED, why, null, e);
  }

  /** Which certificate is not valid now. */
  private Optional<String> validity(CertificateChain chain) {
    Instant now = clock.instant();
    for (X509Certificate certificate : chain.certificates()) {
      if (now.isAfter(certificate.getNotAfter().toInstant())) {
        return Optional.of(
            "certificate " + name(certificate) + " expired at " + notAfter(certificate));
      }
      if (now.isBefore(certificate.getNotBefore().toInstant())) {
        return Optional.of(
            "certificate "
                + name(certificate)
                + " is not valid before "
                + certificate.getNotBefore().toInstant());
      }
    }
    return Optional.empty();
  }

  private static Instant notAfter(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private static String subject(CertificateChain chain) {
    return name(chain.leaf());
  }

  private static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  private static Instant limit(
      CertificateChain chain,
      java.util.function.Function<X509Certificate, Instant> end,
      Comparator<Instant> order) {
    return chain.certificates().stream().map(end).min(order).orElseThrow();
  }

  /** As the deployed servers have it: only a key usage that is marked critical binds. */
  private static boolean maySign(X509Certificate leaf) {
    boolean[] usage = leaf.getKeyUsage();
    return usage == null
        || usage[DIGITAL_SIGNATURE]
        || !leaf.getCriticalExtensionOIDs().contains(KEY_USAGE);
  }

  private static boolean mayAuthenticate(X509Certificate leaf) {
    try {
      List<String> usages = leaf.getExtendedKeyUsage();
      return usages == null || usages.stream().anyMatch(STREAM_USAGES::contains);
    } catch (CertificateParsingException e) {
      throw new CryptoException(
          Reason.BAD_CERTIFICATE, "the certificate's extended key usage is broken", null, e);
    }
  }
}
