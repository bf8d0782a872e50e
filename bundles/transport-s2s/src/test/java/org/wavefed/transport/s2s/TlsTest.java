// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.wavefed.testkit.ca.IssuedCertificate;
import org.wavefed.testkit.ca.TestAuthority;
import org.wavefed.transport.s2s.establish.Target;

class TlsTest {
  private static final String HOST = "acmewave.example";

  @Test
  void onlyWhatKeepsOldWordsSecretShouldBeAgreedTo() {
    IssuedCertificate issued = TestAuthority.create("Lab").issue(Lab.leaf(HOST));
    Tls tls = new Tls(Map.of(HOST, new TlsIdentity(issued.key(), issued.chain())));
    Target target = new Target("xmpp.initech.example", 5269, false);
    for (SSLEngine engine :
        List.of(tls.client(new Pair(HOST, "initech.example"), target), tls.server(HOST, true))) {
      assertThat(engine.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
      assertThat(engine.getEnabledCipherSuites())
          .contains("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")
          .allMatch(suite -> suite.matches("TLS_(AES|CHACHA20|ECDHE|DHE|EMPTY)_.*"));
    }
  }
}
