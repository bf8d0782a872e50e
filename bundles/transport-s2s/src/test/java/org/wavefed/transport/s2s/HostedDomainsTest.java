// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.testkit.ca.IssuedCertificate;
import org.wavefed.testkit.ca.Leaf;

/** Several domains with a certificate each, on one listener. */
class HostedDomainsTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";

  private final Lab lab = new Lab();
  private final IssuedCertificate acme = lab.authority.issue(Lab.leaf(ACME));
  private final IssuedCertificate initech = lab.authority.issue(ofAnotherKind());

  private static Leaf ofAnotherKind() {
    return Lab.leaf(INITECH).withKeyAlgorithm("Ed25519");
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  private InetSocketAddress start(boolean directTls) {
    Map<String, IssuedCertificate> both = new LinkedHashMap<>();
    both.put(ACME, acme);
    both.put(INITECH, initech);
    int port = lab.start(both, Lab.CERTIFICATES, directTls).port();
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Test
  void certificateShouldBeTheOneOfTheHostThatTheStreamIsForWhenTlsStartsLater() throws Exception {
    InetSocketAddress server = start(false);
    assertThat(ShownCertificate.startTls(server, ACME)).isEqualTo(acme.leaf());
    assertThat(ShownCertificate.startTls(server, INITECH)).isEqualTo(initech.leaf());
    assertThat(ShownCertificate.startTls(server, "wave." + INITECH)).isEqualTo(initech.leaf());
  }

  @Test
  void certificateShouldBeTheOneOfTheHostThatSniNamesWhenTlsIsThereAtOnce() throws Exception {
    InetSocketAddress server = start(true);
    assertThat(ShownCertificate.direct(server, ACME)).isEqualTo(acme.leaf());
    assertThat(ShownCertificate.direct(server, INITECH)).isEqualTo(initech.leaf());
    assertThat(ShownCertificate.direct(server, "wave." + INITECH)).isEqualTo(initech.leaf());
    assertThat(ShownCertificate.direct(server, "Wave.INITECH.example")).isEqualTo(initech.leaf());
    assertThat(ShownCertificate.direct(server, "")).as("nobody said whom").isEqualTo(acme.leaf());
    assertThat(ShownCertificate.direct(server, "nobody.example")).isEqualTo(acme.leaf());
  }
}
