// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.Route;
import org.wavefed.transport.s2s.Lab.Server;

/** A transport that is closed while it opens a stream to a domain with several servers. */
class ClosingTest {
  private static final String ACME = "acmewave.example";
  private static final String SILENT = "silent.example";
  private static final String HOST = "host.silent.example";
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Lab lab = new Lab();
  private ServerSocket silent;
  private Server acme;

  @BeforeEach
  void start() throws IOException {
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    silent.setSoTimeout((int) LONG.toMillis());
    acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    for (int priority = 0; priority < 3; priority++) {
      lab.dns.srv("_xmpp-server._tcp." + SILENT, priority, 0, silent.getLocalPort(), HOST);
    }
    lab.dns.host(HOST, "127.0.0.1", "127.0.0.2");
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
    silent.close();
  }

  private CompletableFuture<Void> ping() {
    return acme.transport().ping(new Route(ACME, SILENT), LONG).toCompletableFuture();
  }

  private static void hasFailed(CompletableFuture<Void> call) {
    assertThat(call)
        .failsWithin(LONG)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            FederationException.class,
            why -> assertThat(why.reason()).isEqualTo(FailureReason.NOT_CONNECTED));
  }

  private static void isQuiet(LogLines log) {
    assertThat(log.with("Rejected| (WARN|ERROR) ")).isEmpty();
  }

  @Test
  void transportShouldCloseQuietlyWhenAServerSaysNothing() throws IOException {
    try (LogLines log = new LogLines()) {
      CompletableFuture<Void> call = ping();
      silent.accept();
      acme.transport().close();
      hasFailed(call);
      isQuiet(log);
    }
  }

  @Test
  void transportShouldCloseQuietlyWhenTheDnsAnswersLate() {
    CompletableFuture<Void> answer = lab.dns.late(HOST);
    try (LogLines log = new LogLines()) {
      CompletableFuture<Void> call = ping();
      await().atMost(LONG).until(() -> lab.dns.asked.contains(HOST));
      acme.transport().close();
      answer.complete(null);
      hasFailed(call);
      isQuiet(log);
    }
  }
}
