// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wavefed.transport.Route;
import org.wavefed.transport.s2s.Lab.Server;

/** A port that somebody else has costs incoming connections there, and nothing else. */
class TakenPortTest {
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
  void transportShouldConnectToOthersAndListenWhenThePortBecomesFree() throws Exception {
    Server initech = lab.start(INITECH, lab.authority, Lab.CERTIFICATES);
    Server acme;
    InetSocketAddress port;
    try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      port = (InetSocketAddress) taken.getLocalSocketAddress();
      acme = lab.startAt(port, ACME);
      assertThat(acme.transport().listening().plain()).isEmpty();
      assertThat(acme.transport().listening().troubles())
          .containsExactly(
              "cannot listen on 127.0.0.1:" + port.getPort() + " (Address already in use)");
      assertThat(acme.transport().serves(ACME)).isTrue();
      ping(acme, new Route(ACME, INITECH));
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> acme.transport().listening().plain().contains(port));
    assertThat(acme.transport().listening().troubles()).isEmpty();
    acme.transport().close();
    Server again = lab.startAt(port, ACME);
    ping(initech, new Route(INITECH, ACME));
    assertThat(again.handler().received).contains("ping");
  }
}
