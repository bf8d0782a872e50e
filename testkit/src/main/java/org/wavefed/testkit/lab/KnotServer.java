// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Knot DNS on loopback, authoritative for {@code example.}, with the SRV records of a lab. */
public final class KnotServer implements AutoCloseable {
  /**
   * A domain of the lab: where servers of other domains connect to.
   *
   * @param domain under {@code .example}
   * @param address the XMPP server's address
   * @param port its server-to-server port
   */
  public record Host(String domain, String address, int port) {}

  private final LabProcess process;
  private final int port;

  private KnotServer(LabProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it in the given folder and waits until it answers. */
  public static KnotServer start(Path folder, List<Host> hosts) throws IOException {
    return serve(folder, zone(hosts));
  }

  /**
   * Starts it with other records.
   *
   * @param lines of the zone file, without SOA and NS, with names below {@code example.}
   */
  public static KnotServer startWith(Path folder, List<String> lines) throws IOException {
    return serve(folder, zone(List.of()) + String.join("\n", lines) + "\n");
  }

  private static KnotServer serve(Path folder, String zone) throws IOException {
    int port = LabProcess.freePort("127.0.0.1");
    Files.createDirectories(folder.resolve("db"));
    Files.writeString(folder.resolve("example.zone"), zone);
    Path configuration = folder.resolve("knot.conf");
    Files.writeString(configuration, configuration(folder, port));
    LabProcess process =
        LabProcess.start(
            folder.resolve("knot.log"), List.of("knotd", "-c", configuration.toString()));
    try {
      process.awaitListening("127.0.0.1", port);
    } catch (IOException e) {
      process.close();
      throw e;
    }
    return new KnotServer(process, port);
  }

  /** The port, UDP and TCP, on 127.0.0.1. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
  }

  private static String configuration(Path folder, int port) {
    return """
        server:
            rundir: "%1$s"
            listen: [ 127.0.0.1@%2$d ]
        log:
          - target: stderr
            any: info
        database:
            storage: "%1$s/db"
        zone:
          - domain: example
            file: "%1$s/example.zone"
            semantic-checks: off
            zonefile-load: whole
            zonefile-sync: -1
            journal-content: none
        """
        .formatted(folder, port);
  }

  private static String zone(List<Host> hosts) {
    StringBuilder zone =
        new StringBuilder(
            """
            $ORIGIN example.
            $TTL 60
            @ SOA ns hostmaster 1 60 60 60 60
            @ NS ns
            ns A 127.0.0.1
            """);
    hosts.forEach(host -> zone.append(records(host)));
    return zone.toString();
  }

  private static String records(Host host) {
    return """
        _xmpp-server._tcp.%1$s. SRV 0 0 %3$d xmpp.%1$s.
        _xmpp-server._tcp.wave.%1$s. SRV 0 0 %3$d xmpp.%1$s.
        xmpp.%1$s. A %2$s
        """
        .formatted(host.domain(), host.address(), host.port());
  }
}
