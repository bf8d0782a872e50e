// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.configuration.CheckedConfiguration;
import org.wavefed.testkit.ca.TestAuthority;

class S2sConfigurationTest {
  @TempDir Path folder;

  @BeforeEach
  void certificates() {
    TestAuthority authority = TestAuthority.create("Lab");
    authority.issue(Lab.leaf("a.example")).write(folder, "a.example");
    authority.issue(Lab.leaf("b.example").withKeyAlgorithm("Ed25519")).write(folder, "b.example");
  }

  /** The configuration with some keys set, and defaults for the rest. */
  private S2sConfig config(Map<String, Object> set) {
    Map<String, Object> properties = new HashMap<>(set);
    properties.putIfAbsent("tls.certificate", folder.resolve("{domain}.crt").toString());
    properties.putIfAbsent("tls.key", folder.resolve("{domain}.key").toString());
    return CheckedConfiguration.of(S2sConfig.class, S2sConfiguration.FILE, properties).orRefuse();
  }

  @Test
  void settingsShouldComeFromTheConfiguration() {
    S2sSettings settings =
        S2sConfiguration.settings(
            config(
                Map.of(
                    "domains", " A.Example,b.example,",
                    "listen", "127.0.0.1:5269, [::1]:5270",
                    "listen.direct", "127.0.0.1:443",
                    "dialback", "*")));
    assertThat(settings.domains())
        .containsExactly(S2sSettings.Domain.of("a.example"), S2sSettings.Domain.of("b.example"));
    assertThat(settings.identities())
        .containsOnlyKeys("a.example", "wave.a.example", "b.example", "wave.b.example");
    assertThat(settings.listen()).hasSize(2);
    assertThat(settings.listen().get(1).getPort()).isEqualTo(5270);
    assertThat(settings.rules().dialback()).containsExactly("*");
    assertThat(settings.rules().tlsRequired()).isTrue();
    assertThat(settings.rules().privateAddresses()).isFalse();
  }

  @Test
  void faultShouldBeOneLineThatNamesTheKey() throws Exception {
    Path junk = Files.writeString(folder.resolve("junk"), "junk");
    Path broken =
        Files.writeString(
            folder.resolve("broken"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    refused(Map.of("domains", "a.example", "listen", "localhost:5269"), "listen: 'localhost:5269'");
    refused(Map.of("domains", "a.example", "listen", "5269"), "listen: '5269' is not");
    refused(Map.of("domains", "a.example", "listen", "127.0.0.1:99999"), "listen: '127.0.0.1:9999");
    refused(Map.of("domains", "a b"), "domains: 'a b'");
    refused(Map.of("domains", "missing.example"), "tls.key: ");
    refused(Map.of("domains", "a.example", "tls.certificate", junk + ""), "tls.certificate: ");
    refused(Map.of("domains", "a.example", "tls.key", junk + ""), "tls.key: no 'BEGIN PRIVATE KEY");
    refused(Map.of("domains", "a.example", "tls.key", broken + ""), "is broken");
    refused(
        Map.of("domains", "a.example", "stanza.bytes.max", 1),
        "stanza.bytes.max in etc/org.wavefed.transport.s2s.cfg must be a whole number from 65536 to 2147483647, not '1'");
    refused(
        Map.of("domains", "a.example", "tls.required", "flase"),
        "must be true or false, not 'flase'");
    refused(
        Map.of("domains", "a.example", "tls.key", folder.resolve("b.example.key") + ""),
        "tls.key: the key of a.example does not belong to the first certificate in");
    refused(
        Map.of(
            "domains", "a.example",
            "tls.key", folder.resolve("b.example.key") + "",
            "tls.certificate", folder.resolve("b.example.crt") + ""),
        "is for b.example, wave.b.example, neither for a.example nor for wave.a.example");
  }

  private void refused(Map<String, Object> set, String text) {
    assertThatThrownBy(() -> S2sConfiguration.settings(config(set)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text)
        .message()
        .doesNotContain("\n");
  }
}
