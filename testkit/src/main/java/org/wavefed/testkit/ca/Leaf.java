// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.ca;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * What a certificate to be issued should be like. Immutable.
 *
 * @param commonName the CN of the subject
 * @param dnsNames the DNS names
 * @param otherNames alternative names of other kinds
 * @param notBefore start of validity
 * @param notAfter end of validity
 * @param extendedKeyUsage the extended key usages, none for no such extension
 * @param keyAlgorithm {@code RSA} (2048 bits), {@code RSA-1024} or {@code Ed25519}
 */
public record Leaf(
    Optional<String> commonName,
    List<String> dnsNames,
    List<GeneralName> otherNames,
    Instant notBefore,
    Instant notAfter,
    List<KeyPurposeId> extendedKeyUsage,
    String keyAlgorithm) {

  public Leaf {
    dnsNames = List.copyOf(dnsNames);
    otherNames = List.copyOf(otherNames);
    extendedKeyUsage = List.copyOf(extendedKeyUsage);
  }

  /** For a domain, named by CN and DNS name, RSA, valid from yesterday for 90 days. */
  public static Leaf of(String domain) {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    return new Leaf(
        Optional.of(domain),
        List.of(domain),
        List.of(),
        yesterday,
        yesterday.plus(Duration.ofDays(90)),
        List.of(),
        "RSA");
  }

  /** The same with other DNS names; none for a CN alone. */
  public Leaf withDnsNames(String... names) {
    return new Leaf(
        commonName,
        List.of(names),
        otherNames,
        notBefore,
        notAfter,
        extendedKeyUsage,
        keyAlgorithm);
  }

  /** The same with alternative names of other kinds than DNS names. */
  public Leaf withOtherNames(GeneralName... names) {
    return new Leaf(
        commonName, dnsNames, List.of(names), notBefore, notAfter, extendedKeyUsage, keyAlgorithm);
  }

  /** The same with another CN. */
  public Leaf withCommonName(String name) {
    return new Leaf(
        Optional.of(name),
        dnsNames,
        otherNames,
        notBefore,
        notAfter,
        extendedKeyUsage,
        keyAlgorithm);
  }

  /** The same without a CN. */
  public Leaf withoutCommonName() {
    return new Leaf(
        Optional.empty(),
        dnsNames,
        otherNames,
        notBefore,
        notAfter,
        extendedKeyUsage,
        keyAlgorithm);
  }

  /** The same with another validity. */
  public Leaf withValidity(Instant from, Instant to) {
    return new Leaf(commonName, dnsNames, otherNames, from, to, extendedKeyUsage, keyAlgorithm);
  }

  /** The same, but expired an hour ago. */
  public Leaf expired() {
    return withValidity(notBefore, Instant.now().minus(Duration.ofHours(1)));
  }

  /** The same with extended key usages. */
  public Leaf withExtendedKeyUsage(KeyPurposeId... usages) {
    return new Leaf(
        commonName, dnsNames, otherNames, notBefore, notAfter, List.of(usages), keyAlgorithm);
  }

  /** The same with a key of another kind. */
  public Leaf withKeyAlgorithm(String algorithm) {
    return new Leaf(
        commonName, dnsNames, otherNames, notBefore, notAfter, extendedKeyUsage, algorithm);
  }
}
