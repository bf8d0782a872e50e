// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.ca;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** A certificate authority in memory, RSA, valid from a year ago for ten years. Thread-safe. */
public final class TestAuthority {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final X509Certificate certificate;
  private final PrivateKey key;

  /** From this authority up to, but without, the root. */
  private final List<X509Certificate> intermediates;

  private TestAuthority(
      X509Certificate certificate, PrivateKey key, List<X509Certificate> intermediates) {
    this.certificate = certificate;
    this.key = key;
    this.intermediates = List.copyOf(intermediates);
  }

  /** A root authority. */
  public static TestAuthority create(String name) {
    KeyPair pair = keyPair("RSA");
    X500Name subject = new X500Name("CN=" + name);
    X509Certificate self = sign(authority(subject, subject, pair.getPublic()), pair.getPrivate());
    return new TestAuthority(self, pair.getPrivate(), List.of());
  }

  /** An authority certified by this one. */
  public TestAuthority intermediate(String name) {
    KeyPair pair = keyPair("RSA");
    X509Certificate its =
        sign(authority(subject(), new X500Name("CN=" + name), pair.getPublic()), key);
    List<X509Certificate> path = new ArrayList<>(List.of(its));
    path.addAll(intermediates);
    return new TestAuthority(its, pair.getPrivate(), path);
  }

  /** This authority's own certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Writes this authority's certificate as PEM. */
  public void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file, IssuedCertificate.pem("CERTIFICATE", IssuedCertificate.encoded(certificate)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Issues an ordinary certificate for a domain. */
  public IssuedCertificate issue(String domain) {
    return issue(Leaf.of(domain));
  }

  /** Makes a certificate that nobody but its own key vouches for. */
  public static IssuedCertificate selfSigned(Leaf leaf) {
    KeyPair pair = keyPair(leaf.keyAlgorithm());
    X509Certificate self = certify(leaf, subject(leaf), pair.getPublic(), pair.getPrivate());
    return new IssuedCertificate(List.of(self), pair.getPrivate());
  }

  /** Issues a certificate with a new key. */
  public IssuedCertificate issue(Leaf leaf) {
    KeyPair pair = keyPair(leaf.keyAlgorithm());
    X509Certificate its = certify(leaf, subject(), pair.getPublic(), key);
    return new IssuedCertificate(chain(its), pair.getPrivate());
  }

  /**
   * Certifies a request (PKCS#10, PEM) with the DNS names and the CN that it asks for.
   *
   * @return the chain without its root, in PEM
   */
  public String sign(String request) {
    try (PEMParser parser = new PEMParser(new StringReader(request))) {
      JcaPKCS10CertificationRequest asked =
          new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
      X509v3CertificateBuilder builder =
          builder(subject(), asked.getSubject(), asked.getPublicKey(), Leaf.of("unused.example"));
      Extensions extensions = asked.getRequestedExtensions();
      builder.addExtension(extensions.getExtension(Extension.subjectAlternativeName));
      X509Certificate made = sign(builder, key);
      return new IssuedCertificate(chain(made), key).chainPem();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("not a certificate request", e);
    }
  }

  private List<X509Certificate> chain(X509Certificate leaf) {
    List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
    chain.addAll(intermediates);
    return chain;
  }

  private X500Name subject() {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  private static X500Name subject(Leaf leaf) {
    X500NameBuilder subject = new X500NameBuilder().addRDN(BCStyle.O, "Wavefed tests");
    leaf.commonName().ifPresent(name -> subject.addRDN(BCStyle.CN, name));
    return subject.build();
  }

  private static X509Certificate certify(
      Leaf leaf, X500Name issuer, PublicKey publicKey, PrivateKey issuerKey) {
    try {
      X509v3CertificateBuilder builder = builder(issuer, subject(leaf), publicKey, leaf);
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      GeneralName[] names = names(leaf);
      if (names.length > 0) {
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      if (!leaf.extendedKeyUsage().isEmpty()) {
        KeyPurposeId[] usages = leaf.extendedKeyUsage().toArray(KeyPurposeId[]::new);
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(usages));
      }
      return sign(builder, issuerKey);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GeneralName[] names(Leaf leaf) {
    Stream<GeneralName> dns =
        leaf.dnsNames().stream().map(name -> new GeneralName(GeneralName.dNSName, name));
    return Stream.concat(dns, leaf.otherNames().stream()).toArray(GeneralName[]::new);
  }

  private static X509v3CertificateBuilder authority(
      X500Name issuer, X500Name subject, PublicKey publicKey) {
    try {
      Instant from = Instant.now().minus(Duration.ofDays(365));
      Leaf validity =
          Leaf.of("unused.example").withValidity(from, from.plus(Duration.ofDays(3650)));
      return builder(issuer, subject, publicKey, validity)
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey publicKey, Leaf validity) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(63, RANDOM),
        Date.from(validity.notBefore()),
        Date.from(validity.notAfter()),
        subject,
        publicKey);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(key)));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keyPair(String algorithm) {
    try {
      String[] kindAndBits = algorithm.split("-", 2);
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kindAndBits[0]);
      if (kindAndBits[0].equals("RSA")) {
        generator.initialize(kindAndBits.length == 1 ? 2048 : Integer.parseInt(kindAndBits[1]));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(algorithm + " keys cannot be made", e);
    }
  }
}
