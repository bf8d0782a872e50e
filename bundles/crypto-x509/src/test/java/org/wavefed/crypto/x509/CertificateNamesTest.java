// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.OtherName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wavefed.testkit.ca.Leaf;
import org.wavefed.testkit.ca.TestAuthority;

class CertificateNamesTest {
  private static final TestAuthority AUTHORITY = TestAuthority.create("Names");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # DNS name,      CN,              domain,             signs, with CN, streams, with CN
          example.com,     -,               example.com,        true,  true,    true,    true
          example.com,     -,               Example.COM,        true,  true,    true,    true
          example.com,     -,               sub.example.com,    false, false,   false,   false
          *.example.com,   -,               sub.example.com,    false, false,   true,    true
          *.example.com,   -,               example.com,        false, false,   false,   false
          *.example.com,   -,               a.sub.example.com,  false, false,   false,   false
          -,               example.com,     example.com,        false, true,    false,   true
          -,               EXAMPLE.com,     example.com,        false, false,   false,   false
          -,               *.example.com,   sub.example.com,    false, true,    false,   false
          -,               *.example.com,   example.com,        false, false,   false,   false
          -,               *.example.com,   a.b.example.com,    false, false,   false,   false
          other.example,   example.com,     example.com,        false, true,    false,   false
          *.com,           -,               .com,               false, false,   false,   false
          """)
  void namesShouldCoverDomainAsTheRulesSay(
      String dns,
      String commonName,
      String domain,
      boolean signs,
      boolean signsWithCommonName,
      boolean streams,
      boolean streamsWithCommonName) {
    CertificateNames names =
        new CertificateNames(
            dns == null ? Set.of() : Set.of(dns),
            Set.of(),
            Set.of(),
            Optional.ofNullable(commonName));
    assertThat(names.signFor(domain, false)).isEqualTo(signs);
    assertThat(names.signFor(domain, true)).isEqualTo(signsWithCommonName);
    assertThat(names.authenticate(domain, false)).isEqualTo(streams);
    assertThat(names.authenticate(domain, true)).isEqualTo(streamsWithCommonName);
  }

  /** With names of one kind each, beside the CN of another domain. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # kind,            name,                              CN counts
          DNS,               other.example,                     false
          URI,               xmpp://other.example,              false
          1.3.6.1.5.5.7.8.5, other.example,                     false
          1.3.6.1.5.5.7.8.7, _xmpp-server.other.example,        false
          1.3.6.1.5.5.7.8.7, _xmpp-client.other.example,        false
          # A user's, of Windows.
          1.3.6.1.4.1.311.20.2.3, admin@other.example,          true
          EMAIL,             admin@other.example,               true
          IP,                192.0.2.1,                         true
          """)
  void commonNameShouldNotCountWhenServersAreNamedOtherwise(
      String kind, String name, boolean counts) {
    Leaf leaf = Leaf.of("example.com").withDnsNames().withOtherNames(name(kind, name));
    CertificateNames names = CertificateNames.of(AUTHORITY.issue(leaf).chain().get(0));
    assertThat(names.authenticate("example.com", true)).isEqualTo(counts);
    assertThat(names.authenticate("example.com", false)).isFalse();
    assertThat(names.signFor("example.com", true)).as("as deployed servers do").isTrue();
    assertThat(names.describe().startsWith("CN=")).isEqualTo(counts);
  }

  private static GeneralName name(String kind, String name) {
    return switch (kind) {
      case "DNS" -> new GeneralName(GeneralName.dNSName, name);
      case "URI" -> new GeneralName(GeneralName.uniformResourceIdentifier, name);
      case "EMAIL" -> new GeneralName(GeneralName.rfc822Name, name);
      case "IP" -> new GeneralName(GeneralName.iPAddress, name);
      default ->
          new GeneralName(
              GeneralName.otherName,
              new OtherName(new ASN1ObjectIdentifier(kind), new DERUTF8String(name)));
    };
  }
}
