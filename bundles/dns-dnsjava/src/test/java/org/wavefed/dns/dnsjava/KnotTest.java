// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.dns.DnsAnswer.Kind;
import org.wavefed.dns.DnsResolver;
import org.wavefed.testkit.dns.DnsResolverContract;
import org.wavefed.testkit.lab.KnotServer;
import org.wavefed.testkit.lab.LabProcess;

/** The contract, with a real nameserver. */
class KnotTest implements DnsResolverContract {
  private static final int MANY = 150;

  @TempDir static Path folder;
  private static KnotServer knot;
  private DnsjavaResolver resolver;

  @BeforeAll
  static void startKnot() throws Exception {
    assumeTrue(LabProcess.isInstalled("knotd"), "Knot DNS is not installed");
    List<String> zone = new ArrayList<>(ZONE);
    for (int i = 0; i < MANY; i++) {
      zone.add("_xmpp-server._tcp.many.example. SRV 10 1 5269 host-number-" + i + ".many.example.");
    }
    knot = KnotServer.startWith(folder, zone);
  }

  @AfterAll
  static void stopKnot() {
    if (knot != null) {
      knot.close();
    }
  }

  @BeforeEach
  void start() {
    var settings =
        new DnsSettings(
            List.of(new InetSocketAddress("127.0.0.1", knot.port())),
            Duration.ofSeconds(5),
            2,
            false,
            100);
    resolver = new DnsjavaResolver(settings, InstantSource.system());
  }

  @AfterEach
  void stop() throws Exception {
    resolver.close();
  }

  @Override
  public DnsResolver resolver() {
    return resolver;
  }

  @Test
  void answerShouldBeCompleteWhenItIsTooLongForOnePacket() throws Exception {
    var answer =
        resolver
            .srv("_xmpp-server._tcp.many.example", TIMEOUT)
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    assertThat(answer.kind()).isEqualTo(Kind.FOUND);
    assertThat(answer.records()).hasSize(MANY);
  }

  @Test
  void answerShouldNotCountAsAuthenticatedWhenNobodyValidatedIt() throws Exception {
    var answer =
        resolver
            .addresses("one.acmewave.example", TIMEOUT)
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    assertThat(answer.authenticated()).isFalse();
    assertThat(answer.timeToLive()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
  }
}
