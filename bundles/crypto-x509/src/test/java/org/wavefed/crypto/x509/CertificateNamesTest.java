// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateNamesTest {
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
            dns == null ? Set.of() : Set.of(dns), Set.of(), Optional.ofNullable(commonName));
    assertThat(names.signFor(domain, false)).isEqualTo(signs);
    assertThat(names.signFor(domain, true)).isEqualTo(signsWithCommonName);
    assertThat(names.authenticate(domain, false)).isEqualTo(streams);
    assertThat(names.authenticate(domain, true)).isEqualTo(streamsWithCommonName);
  }
}
