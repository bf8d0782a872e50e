// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.wavefed.crypto.x509.PkixVerifier;
import org.wavefed.crypto.x509.Signatures;
import org.wavefed.crypto.x509.TrustRoots;
import org.wavefed.testkit.ca.IssuedCertificate;
import org.wavefed.testkit.ca.Leaf;
import org.wavefed.testkit.ca.TestAuthority;
import org.wavefed.testkit.federation.RecordingHandler;
import org.wavefed.transport.s2s.establish.ScriptedDns;
import org.wavefed.xmpp.endpoint.OpenCalls;

/** Wave servers on loopback that find each other. */
final class Lab implements AutoCloseable {
  static final PeerPolicy.Rules CERTIFICATES = new PeerPolicy.Rules(true, List.of(), true);
  static final PeerPolicy.Rules DIALBACK = new PeerPolicy.Rules(true, List.of("*.example"), true);
  static final PeerPolicy.Rules PLAIN = new PeerPolicy.Rules(false, List.of("*"), true);

  final TestAuthority authority = TestAuthority.create("Lab");
  final TestAuthority stranger = TestAuthority.create("Stranger");
  final ScriptedDns dns = new ScriptedDns();
  private final X509Certificate root;
  private S2sSettings.Limits limits = S2sSettings.Limits.DEFAULT;
  private S2sSettings.Deadlines deadlines = S2sSettings.Deadlines.DEFAULT;
  private final List<AutoCloseable> open = new ArrayList<>();

  /** A laboratory whose servers trust its own authority. */
  Lab() {
    this.root = authority.certificate();
  }

  /** A laboratory whose servers trust another one. */
  Lab(X509Certificate root) {
    this.root = root;
  }

  /** Bounds the servers that are started from now on. */
  Lab bounded(S2sSettings.Limits newLimits, S2sSettings.Deadlines newDeadlines) {
    limits = newLimits;
    deadlines = newDeadlines;
    return this;
  }

  /** A server and what its wave server was told. */
  record Server(S2sTransport transport, RecordingHandler handler, int port) {}

  static Leaf leaf(String domain) {
    return Leaf.of(domain).withDnsNames(domain, "wave." + domain);
  }

  Server start(String domain, TestAuthority issuer, PeerPolicy.Rules rules) {
    return start(Map.of(domain, issuer.issue(leaf(domain))), rules, false);
  }

  /** Starts a server and publishes where it is. */
  Server start(
      Map<String, IssuedCertificate> certificates, PeerPolicy.Rules rules, boolean directTls) {
    Map<String, TlsIdentity> byName = new LinkedHashMap<>();
    certificates.forEach(
        (domain, issued) -> byName.put(domain, new TlsIdentity(issued.key(), issued.chain())));
    return launch(byName, rules, directTls);
  }

  Server start(Map<String, TlsIdentity> certificates, PeerPolicy.Rules rules) {
    return launch(certificates, rules, false);
  }

  /** Starts a server on a port that may be taken. */
  Server startAt(InetSocketAddress port, String domain) {
    IssuedCertificate issued = authority.issue(leaf(domain));
    return launch(
        Map.of(domain, new TlsIdentity(issued.key(), issued.chain())), CERTIFICATES, false, port);
  }

  private Server launch(
      Map<String, TlsIdentity> byName, PeerPolicy.Rules rules, boolean directTls) {
    return launch(
        byName, rules, directTls, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private Server launch(
      Map<String, TlsIdentity> byName,
      PeerPolicy.Rules rules,
      boolean directTls,
      InetSocketAddress where) {
    Map<S2sSettings.Domain, TlsIdentity> identities = new LinkedHashMap<>();
    byName.forEach((domain, identity) -> identities.put(S2sSettings.Domain.of(domain), identity));
    List<InetSocketAddress> somewhere = List.of(where);
    S2sSettings settings =
        new S2sSettings(
            List.copyOf(identities.keySet()),
            S2sSettings.identities(identities),
            directTls ? List.of() : somewhere,
            directTls ? somewhere : List.of(),
            rules,
            limits,
            deadlines);
    PkixVerifier verifier =
        new PkixVerifier(
            TrustRoots.of(List.of(root)), false, Signatures.jdk(), InstantSource.system());
    RecordingHandler handler = new RecordingHandler();
    S2sTransport transport =
        new S2sTransport(
            settings,
            new S2sTransport.Parts(
                new OpenCalls(),
                () -> Optional.of(dns),
                () -> Optional.of(verifier),
                () -> Optional.of(handler)),
            () -> {});
    open.add(transport);
    S2sListener.Listening listening = transport.listening();
    int port =
        Stream.concat(listening.plain().stream(), listening.direct().stream())
            .findFirst()
            .orElse(where)
            .getPort();
    byName.keySet().forEach(domain -> publish(domain, port, directTls));
    return new Server(transport, handler, port);
  }

  /** From now on this is where a domain is. */
  void publish(String domain, int port, boolean directTls) {
    String service = directTls ? "_xmpps-server._tcp." : "_xmpp-server._tcp.";
    for (String host : List.of(domain, "wave." + domain)) {
      dns.forget(service + host).srv(service + host, 0, 0, port, "host." + domain);
    }
    dns.host("host." + domain, "127.0.0.1");
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }
}
