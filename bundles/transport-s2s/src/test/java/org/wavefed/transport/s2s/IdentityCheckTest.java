// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wavefed.testkit.ca.IssuedCertificate;
import org.wavefed.testkit.ca.Leaf;
import org.wavefed.testkit.ca.TestAuthority;

class IdentityCheckTest {
  private static final S2sSettings.Domain ACME = S2sSettings.Domain.of("acmewave.example");
  private static final Path FILE = Path.of("acme.crt");
  private static final TestAuthority AUTHORITY = TestAuthority.create("Lab");

  @TempDir Path folder;

  private static TlsIdentity identity(Leaf leaf) {
    IssuedCertificate issued = AUTHORITY.issue(leaf);
    return new TlsIdentity(issued.key(), issued.chain());
  }

  private List<String> warnings(Leaf leaf) {
    TlsIdentity identity = identity(leaf);
    IdentityCheck.require(identity, ACME, FILE);
    return IdentityCheck.warnings(identity, ACME, folder.resolve("none"), Instant.now());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void goodIdentityShouldPassWhateverItsKey(String algorithm) {
    assertThat(warnings(Lab.leaf(ACME.name()).withKeyAlgorithm(algorithm))).isEmpty();
    IssuedCertificate one = AUTHORITY.issue(Lab.leaf(ACME.name()).withKeyAlgorithm(algorithm));
    IssuedCertificate another = AUTHORITY.issue(Lab.leaf(ACME.name()).withKeyAlgorithm(algorithm));
    TlsIdentity mixed = new TlsIdentity(another.key(), one.chain());
    assertThatThrownBy(() -> IdentityCheck.require(mixed, ACME, FILE))
        .hasMessageContaining("tls.key: the key of acmewave.example does not belong");
  }

  @Test
  void certificateShouldBeRefusedWhenItIsForAnotherDomain() {
    TlsIdentity other = identity(Lab.leaf("initech.example"));
    assertThatThrownBy(() -> IdentityCheck.require(other, ACME, FILE))
        .hasMessage(
            "tls.certificate: acme.crt is for initech.example, wave.initech.example, neither for"
                + " acmewave.example nor for wave.acmewave.example");
  }

  @Test
  void commonNameShouldNotCountWhenTheCertificateNamesAnotherServer() {
    GeneralName uri =
        new GeneralName(GeneralName.uniformResourceIdentifier, "xmpp://other.example");
    TlsIdentity other = identity(Leaf.of(ACME.name()).withDnsNames().withOtherNames(uri));
    assertThatThrownBy(() -> IdentityCheck.require(other, ACME, FILE))
        .hasMessageStartingWith("tls.certificate: acme.crt is for xmpp://other.example, neither");
  }

  @Test
  void hostThatIsNotNamedShouldBeWarnedOf() {
    assertThat(warnings(Leaf.of(ACME.name())))
        .containsExactly(
            "the certificate of acmewave.example does not name wave.acmewave.example: others let"
                + " wave.acmewave.example in by dialback, or not at all");
    assertThat(warnings(Leaf.of(ACME.name()).withDnsNames())).as("by its CN alone").hasSize(2);
    assertThat(warnings(Leaf.of("x").withDnsNames(ACME.name(), "*.acmewave.example"))).isEmpty();
  }

  @Test
  void validityShouldBeWarnedOf() {
    Instant now = Instant.now();
    Leaf leaf = Lab.leaf(ACME.name());
    assertThat(warnings(leaf.expired())).singleElement().asString().contains("expired on");
    assertThat(warnings(leaf.withValidity(now, now.plus(Duration.ofDays(13)))))
        .singleElement()
        .asString()
        .contains("expires on");
    assertThat(warnings(leaf.withValidity(now.plusSeconds(3600), now.plusSeconds(9_000_000))))
        .singleElement()
        .asString()
        .contains("not valid before");
  }

  @Test
  void usageAndPermissionsShouldBeWarnedOf() throws Exception {
    Leaf leaf = Lab.leaf(ACME.name()).withExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth);
    assertThat(warnings(leaf)).singleElement().asString().contains("not for clients");
    Path key = Files.writeString(folder.resolve("open.key"), "key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    TlsIdentity good = identity(Lab.leaf(ACME.name()));
    assertThat(IdentityCheck.warnings(good, ACME, key, Instant.now())).isEmpty();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(IdentityCheck.warnings(good, ACME, key, Instant.now()))
        .containsExactly("the key file " + key + " is open to others: chmod o= it");
  }
}
