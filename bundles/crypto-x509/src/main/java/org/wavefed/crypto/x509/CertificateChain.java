// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.SignerId;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.crypto.SignerInfo.HashAlgorithm;
import org.wavefed.model.Bytes;

/**
 * A parsed certificate chain, the leaf first. Nothing is verified yet. Immutable.
 *
 * @param certificates one to {@value #MAX_CERTIFICATES} certificates
 */
public record CertificateChain(List<X509Certificate> certificates) {
  /** The longest chain accepted. */
  static final int MAX_CERTIFICATES = 10;

  /** The largest certificate accepted, in bytes of DER. */
  static final int MAX_CERTIFICATE_SIZE = 32 * 1024;

  /** The largest RSA key accepted: beyond it, verifying costs a peer's victim too much. */
  private static final int MAX_RSA_BITS = 8192;

  public CertificateChain {
    certificates = List.copyOf(certificates);
    check(certificates.size());
    if (new HashSet<>(certificates).size() < certificates.size()) {
      throw bad("the chain has the same certificate twice");
    }
    for (X509Certificate certificate : certificates) {
      if (certificate.getPublicKey() instanceof RSAPublicKey key
          && key.getModulus().bitLength() > MAX_RSA_BITS) {
        throw bad("the chain has an RSA key of more than " + MAX_RSA_BITS + " bits");
      }
    }
  }

  /**
   * Parses the DER of each certificate.
   *
   * @throws CryptoException with {@link Reason#BAD_CERTIFICATE} if one is not exactly one
   *     certificate in DER, or there are none, too many, or one twice
   */
  public static CertificateChain parse(List<Bytes> der) {
    check(der.size());
    List<X509Certificate> certificates = new ArrayList<>(der.size());
    for (Bytes one : der) {
      certificates.add(parse(one, certificates.size() + 1));
    }
    return new CertificateChain(certificates);
  }

  /** The signer's own certificate. */
  public X509Certificate leaf() {
    return certificates.get(0);
  }

  /** The DER of each certificate, the leaf first. */
  public List<Bytes> encoded() {
    return certificates.stream().map(c -> Bytes.wrap(der(c))).toList();
  }

  /** The DER of a SEQUENCE of the certificates, the leaf last: what signer ids are hashes of. */
  public Bytes pkiPath() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int i = certificates.size() - 1; i >= 0; i--) {
      content.writeBytes(der(certificates.get(i)));
    }
    ByteArrayOutputStream path = new ByteArrayOutputStream(content.size() + 5);
    path.write(0x30);
    writeLength(path, content.size());
    path.writeBytes(content.toByteArray());
    return Bytes.wrap(path.toByteArray());
  }

  /** The signer id of this chain. */
  public SignerId id(HashAlgorithm algorithm) {
    return new SignerId(Bytes.wrap(digest(algorithm).digest(pkiPath().shared())));
  }

  /** This chain as a signer of a domain. */
  SignerInfo signerInfo(HashAlgorithm algorithm, String domain) {
    return new SignerInfo(algorithm, domain, encoded());
  }

  private static void check(int size) {
    if (size == 0) {
      throw bad("the chain is empty");
    }
    if (size > MAX_CERTIFICATES) {
      throw bad("the chain has " + size + " certificates; at most " + MAX_CERTIFICATES + " may be");
    }
  }

  private static X509Certificate parse(Bytes der, int number) {
    if (der.size() > MAX_CERTIFICATE_SIZE) {
      throw bad("certificate " + number + " of the chain is too large: " + der.size() + " bytes");
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der.shared()));
      // The factory also takes PEM and ignores what follows: neither may be under a signer id.
      if (!Arrays.equals(certificate.getEncoded(), der.shared())) {
        throw bad("certificate " + number + " of the chain is not exactly one certificate in DER");
      }
      return certificate;
    } catch (CertificateException e) {
      throw new CryptoException(
          Reason.BAD_CERTIFICATE, "certificate " + number + " of the chain is broken", null, e);
    }
  }

  private static CryptoException bad(String message) {
    return new CryptoException(Reason.BAD_CERTIFICATE, message);
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    int octets = (32 - Integer.numberOfLeadingZeros(length) + 7) / 8;
    out.write(0x80 | octets);
    for (int i = octets - 1; i >= 0; i--) {
      out.write(length >>> (8 * i));
    }
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate has no encoding", e);
    }
  }

  private static MessageDigest digest(HashAlgorithm algorithm) {
    try {
      return MessageDigest.getInstance(
          switch (algorithm) {
            case SHA256 -> "SHA-256";
            case SHA512 -> "SHA-512";
          });
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-2", e);
    }
  }
}
