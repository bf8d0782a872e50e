// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.wavefed.crypto.x509.Settings;
import org.wavefed.crypto.x509.X509Crypto;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.Route;
import org.wavefed.transport.component.ComponentThreads;
import org.wavefed.transport.component.ConfiguredComponent;
import org.wavefed.xmpp.endpoint.OpenCalls;

/**
 * The program of one organisation: answers updates, and does what it reads line by line. {@code
 * reach} waits until the other can be pinged; {@code run INFLIGHT MILLISECONDS} sends updates and
 * prints a {@link Reading}. Ends when its input does.
 */
final class End {
  private static final Duration REACH_LIMIT = Duration.ofSeconds(30);

  private End() {}

  /**
   * Arguments: domain, peer, then {@code component PORT SECRET}, or {@code s2s} or {@code plain}
   * and {@code PORT FOLDER ZONE}.
   */
  public static void main(String[] arguments) throws Exception {
    FederationTransport transport =
        arguments[2].equals("component")
            ? component(arguments[0], arguments[3], arguments[4])
            : s2s(arguments, arguments[2].equals("s2s"));
    Route route = new Route(arguments[0], arguments[1]);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(obey(line.split(" ", -1), transport, route));
    }
    System.exit(0);
  }

  private static String obey(String[] words, FederationTransport transport, Route route)
      throws InterruptedException {
    try {
      if (words[0].equals("reach")) {
        return reach(transport, route);
      }
      Duration length = Duration.ofMillis(Long.parseLong(words[2]));
      return Load.run(transport, route, Integer.parseInt(words[1]), length).write();
    } catch (ExecutionException | TimeoutException e) {
      return "failed: " + e;
    }
  }

  private static String reach(FederationTransport transport, Route route)
      throws InterruptedException, ExecutionException, TimeoutException {
    long end = System.nanoTime() + REACH_LIMIT.toNanos();
    while (true) {
      try {
        transport.ping(route, Duration.ofSeconds(5)).toCompletableFuture().get(6, TimeUnit.SECONDS);
        return "reached";
      } catch (ExecutionException | TimeoutException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
  }

  private static FederationTransport component(String domain, String port, String secret) {
    Container container = new Container();
    ConfiguredComponent component =
        new ConfiguredComponent(
            container.context(),
            Map.of("service.pid", "benchmark", "domain", domain, "port", port, "secret", secret),
            new ComponentThreads(),
            new OpenCalls(),
            S2s.SMACK);
    component.bindHandler(new Answering());
    return container.transport();
  }

  private static FederationTransport s2s(String[] arguments, boolean isTlsRequired) {
    Path certificates = Path.of(arguments[4]);
    Settings settings =
        Settings.of(certificates.resolve("ca.crt"), certificates.resolve("no-signing-keys"));
    return S2s.start(
        arguments[0],
        arguments[3],
        certificates,
        arguments[5],
        isTlsRequired,
        new X509Crypto(settings, InstantSource.system()),
        new Answering());
  }
}
