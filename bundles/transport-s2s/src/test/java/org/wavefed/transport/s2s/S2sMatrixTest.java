// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wavefed.transport.ProbeReport;
import org.wavefed.transport.s2s.End.Certificate;
import org.wavefed.transport.s2s.End.Dialback;
import org.wavefed.transport.s2s.End.Door;
import org.wavefed.transport.s2s.End.Layout;
import org.wavefed.transport.s2s.End.Tls;
import org.wavefed.transport.s2s.Expected.Open;
import org.wavefed.transport.s2s.Expected.Refused;
import org.wavefed.transport.s2s.MemoryNetwork.Listener;
import org.wavefed.transport.s2s.MemoryNetwork.Opened;
import org.wavefed.transport.s2s.MemoryNetwork.Server;

/**
 * Every combination of certificate, TLS, dialback and DNS on both ends, from the domain to the
 * stream, in memory: what comes of it, and what the operators are told.
 */
class S2sMatrixTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";
  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";

  private static final MatrixCertificates CERTIFICATES = new MatrixCertificates();
  private static final DialbackKeys HERE_KEYS = new DialbackKeys();
  private static final DialbackKeys THERE_KEYS = new DialbackKeys();

  private static final Certificate[] GOOD_AND_BAD = {Certificate.VALID, Certificate.UNKNOWN_ROOT};
  private static final Dialback[] YES_AND_NO = {Dialback.EVERYBODY, Dialback.NOBODY};
  private static final boolean[] NEW_PEERS = {false};

  /** Of 3,300 ends each with each other; another seed is as good. */
  private static final int SAMPLE = 10_000;

  private static final long SEED = 20;

  @Test
  void streamShouldComeOutAsExpectedWhateverTheCertificatesThePoliciesAndTheDns() {
    Certificate[] certificates = {
      Certificate.VALID,
      Certificate.EXPIRED,
      Certificate.SELF_SIGNED,
      Certificate.WRONG_NAME,
      Certificate.NO_SAN,
      Certificate.SERVER_ONLY,
      Certificate.UNKNOWN_ROOT
    };
    Layout[] layouts = {
      Layout.ONE_RECORD,
      Layout.NO_RECORD,
      Layout.DIRECT_TLS_FIRST,
      Layout.DEAD_FIRST,
      Layout.NOT_OFFERED
    };
    Tls[] tls = {Tls.REQUIRED, Tls.OPTIONAL};
    check(product(ends(certificates, tls, YES_AND_NO, layouts, NEW_PEERS)));
  }

  @Test
  void streamShouldComeOutAsExpectedWhateverTheCertificatesAndThePolicies() {
    Dialback[] dialback = {Dialback.FAMILY, Dialback.NOT_THE_CERTIFIED};
    Layout[] layouts = {Layout.ONE_RECORD};
    check(product(ends(Certificate.values(), Tls.values(), dialback, layouts, NEW_PEERS)));
  }

  @Test
  void streamShouldComeOutAsExpectedWhateverTheWayThere() {
    Tls[] tls = {Tls.REQUIRED, Tls.STRIPPED};
    check(product(ends(GOOD_AND_BAD, tls, YES_AND_NO, Layout.values(), NEW_PEERS)));
  }

  @Test
  void streamShouldComeOutAsExpectedWhereOldPeersMayBeNamedByTheirCommonName() {
    Certificate[] certificates = {Certificate.NO_SAN, Certificate.VALID, Certificate.WRONG_NAME};
    Layout[] layouts = {Layout.ONE_RECORD};
    check(product(ends(certificates, Tls.values(), YES_AND_NO, layouts, false, true)));
  }

  @Test
  void streamShouldComeOutAsExpectedInASampleOfEverything() {
    List<End> ends =
        ends(Certificate.values(), Tls.values(), Dialback.values(), Layout.values(), NEW_PEERS);
    Random random = new Random(SEED);
    check(
        Stream.generate(
                () ->
                    new Both(
                        ends.get(random.nextInt(ends.size())),
                        ends.get(random.nextInt(ends.size()))))
            .limit(SAMPLE)
            .toList());
  }

  private record Both(End from, End to) {}

  private static List<Both> product(List<End> ends) {
    return ends.stream().flatMap(from -> ends.stream().map(to -> new Both(from, to))).toList();
  }

  private static List<End> ends(
      Certificate[] certificates,
      Tls[] tls,
      Dialback[] dialback,
      Layout[] layouts,
      boolean... oldPeers) {
    List<End> ends = new ArrayList<>();
    for (Certificate certificate : certificates) {
      for (Tls one : tls) {
        for (Dialback rule : dialback) {
          for (Layout layout : layouts) {
            for (boolean old : oldPeers) {
              ends.add(new End(certificate, one, rule, layout, old));
            }
          }
        }
      }
    }
    return ends;
  }

  /** All of them; and to be worth anything they must come out this way and that. */
  private static void check(List<Both> combinations) {
    List<String> wrong =
        combinations.parallelStream()
            .flatMap(both -> mismatch(both.from(), both.to()).stream())
            .limit(10)
            .toList();
    assertThat(wrong).isEmpty();
    assertThat(combinations)
        .extracting(both -> Expected.stream(both.from(), both.to()).getClass().getSimpleName())
        .contains("Open", "Refused");
  }

  /** What differs from what is expected. */
  private static Optional<String> mismatch(End from, End to) {
    Expected expected = Expected.stream(from, to);
    MemoryNetwork network = new MemoryNetwork();
    Server here = server(network, from, ACME, HERE, HERE_KEYS);
    server(network, to, INITECH, THERE, THERE_KEYS);
    ProbeReport report = network.establish(here, "wave." + ACME, INITECH);
    boolean same =
        expected instanceof Open open
            ? isOpen(open, report, network)
            : isRefused((Refused) expected, report, network);
    return same
        ? Optional.empty()
        : Optional.of(
            "%s -> %s%n  expected %s%n  but was %s %s, there %s"
                .formatted(
                    from, to, expected, report.conclusion(), network.opened, network.refusals));
  }

  private static boolean isOpen(Open open, ProbeReport report, MemoryNetwork network) {
    String where =
        "wave.%s at %s:%d%s"
            .formatted(
                INITECH,
                THERE,
                port(open.door()),
                open.door() == Door.DIRECT_TLS ? " (direct TLS)" : "");
    return report.conclusion().equals(where)
        && network.opened.contains(new Opened(open.encrypted(), open.byCertificate()));
  }

  private static boolean isRefused(Refused refused, ProbeReport report, MemoryNetwork network) {
    return report.address().isEmpty()
        && network.opened.isEmpty()
        && holds(report.conclusion(), refused.here())
        && (refused.there().isEmpty()
            || network.refusals.stream().anyMatch(text -> holds(text, refused.there())));
  }

  private static boolean holds(String text, List<String> pieces) {
    int from = 0;
    for (String piece : pieces) {
      int found = text.indexOf(piece, from);
      if (found < 0) {
        return false;
      }
      from = found + piece.length();
    }
    return true;
  }

  private static int port(Door door) {
    return door == Door.USUAL_PORT ? 5269 : 7000 + door.ordinal();
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
    hosts.forEach(host -> end.layout().publish(network.dns, host, address, S2sMatrixTest::port));
    return server;
  }
}
