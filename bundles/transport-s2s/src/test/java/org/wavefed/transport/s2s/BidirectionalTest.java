// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.transport.Route;
import org.wavefed.transport.s2s.Lab.Server;

/** Streams that take stanzas both ways (XEP-0288). */
class BidirectionalTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";

  private final Lab lab = new Lab();

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  private static void ping(Server from, Route route) throws Exception {
    from.transport()
        .ping(route, Duration.ofSeconds(20))
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  @Test
  void answersShouldComeOnOurStreamWhenNobodyCanFindUs() throws Exception {
    Server acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    lab.dns.forget();
    Server initech = lab.start(INITECH, lab.authority, Lab.CERTIFICATES);
    ping(acme, new Route(ACME, INITECH));
    assertThat(initech.handler().peers.get(0).address()).isEqualTo("wave.acmewave.example");
  }

  @Test
  void theWayBackShouldBeLookedUpOnlyToVerifyWhenTheyCameByDialback() throws Exception {
    Server acme = lab.start(ACME, lab.stranger, Lab.DIALBACK);
    lab.start(INITECH, lab.stranger, Lab.DIALBACK);
    ping(acme, new Route(ACME, INITECH));
    // Two streams were verified: to the domain, and to its wave service.
    assertThat(lab.dns.asked)
        .filteredOn("_xmpp-server._tcp.wave.acmewave.example"::equals)
        .hasSize(2);
  }
}
