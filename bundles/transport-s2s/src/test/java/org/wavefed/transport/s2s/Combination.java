// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.Optional;
import java.util.Set;
import org.wavefed.transport.ProbeReport;
import org.wavefed.transport.s2s.End.Dialback;
import org.wavefed.transport.s2s.End.Door;
import org.wavefed.transport.s2s.End.Layout;
import org.wavefed.transport.s2s.MemoryNetwork.Listener;
import org.wavefed.transport.s2s.MemoryNetwork.Server;

/** Two servers, the first of which wants a stream to the second. */
record Combination(End from, End to) {
  static final String ACME = "acmewave.example";
  static final String INITECH = "initech.example";
  static final String THERE = "192.0.2.2";
  private static final String HERE = "192.0.2.1";

  private static final MatrixCertificates CERTIFICATES = new MatrixCertificates();
  private static final DialbackKeys HERE_KEYS = new DialbackKeys();
  private static final DialbackKeys THERE_KEYS = new DialbackKeys();

  /** The same two, with other words of the DNS about them. */
  Combination published(Layout ofFrom, Layout ofTo) {
    return new Combination(from.published(ofFrom), to.published(ofTo));
  }

  Expected expected() {
    return Expected.stream(from, to);
  }

  /** Goes all the way from the domain to the stream, with servers that meet for the first time. */
  Outcome run() {
    MemoryNetwork network = new MemoryNetwork();
    Server here = server(network, from, ACME, HERE, HERE_KEYS);
    server(network, to, INITECH, THERE, THERE_KEYS);
    ProbeReport report = network.establish(here, "wave." + ACME, INITECH);
    return new Outcome(
        report.conclusion(),
        report.address().isPresent(),
        network.opened,
        network.refusals,
        network.dns.asked.stream().anyMatch(name -> name.endsWith(ACME)));
  }

  private static Server server(
      MemoryNetwork network, End end, String domain, String address, DialbackKeys keys) {
    PeerPolicy policy =
        new PeerPolicy(
            new PeerPolicy.Rules(end.tls().required, end.dialback().rule, true),
            () -> Optional.of(CERTIFICATES.verifier(end)));
    if (end.dialback() == Dialback.NOT_THE_CERTIFIED) {
      String peer = domain.equals(ACME) ? INITECH : ACME;
      policy.authenticated(peer);
      policy.authenticated("wave." + peer);
    }
    Set<String> hosts = Set.of(domain, "wave." + domain);
    Server server =
        new Server(hosts::contains, policy, keys, CERTIFICATES.of(end.certificate(), domain).der());
    Server stranger = new Server(host -> false, policy, keys, server.chain());
    network
        .listen(address, port(Door.STARTTLS), new Listener(server, false, end.tls().stripped))
        .listen(address, port(Door.USUAL_PORT), new Listener(server, false, end.tls().stripped))
        .listen(address, port(Door.DIRECT_TLS), new Listener(server, true, false))
        .listen(address, port(Door.STRANGER), new Listener(stranger, false, false));
    hosts.forEach(host -> end.layout().publish(network.dns, host, address, Combination::port));
    return server;
  }

  static int port(Door door) {
    return door == Door.USUAL_PORT ? 5269 : 7000 + door.ordinal();
  }

  @Override
  public String toString() {
    return from + " -> " + to;
  }
}
