// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How this server federates.
 *
 * @param domains the domains of ours
 * @param identities what each of our hosts shows: every domain and its wave service
 * @param listen where others connect to and start TLS
 * @param listenDirect where others connect to with TLS at once
 * @param rules whom we believe and connect to
 * @param limits what is bounded
 * @param deadlines how long peers may take
 */
record S2sSettings(
    List<Domain> domains,
    Map<String, TlsIdentity> identities,
    List<InetSocketAddress> listen,
    List<InetSocketAddress> listenDirect,
    PeerPolicy.Rules rules,
    Limits limits,
    Deadlines deadlines) {
  /** A domain of ours and the address of its wave service. */
  record Domain(String name, String service) {
    /** With the service where everybody looks first. */
    static Domain of(String name) {
      return new Domain(name, "wave." + name);
    }
  }

  /**
   * What is bounded.
   *
   * @param stanzaBytes the length of one stanza, both ways
   * @param callsInFlight our calls that wait for an answer, of each domain
   * @param inHand calls of peers that wait for our server, of each domain
   * @param inHandPerPeer such calls of one peer
   * @param queueBytes what may wait for one peer to take it
   * @param outgoing streams that we open
   * @param incoming connections that we accept
   * @param incomingPerAddress of these, from one IPv4 address or one IPv6 network of 64 bits
   */
  record Limits(
      int stanzaBytes,
      int callsInFlight,
      int inHand,
      int inHandPerPeer,
      long queueBytes,
      int outgoing,
      int incoming,
      int incomingPerAddress) {
    static final Limits DEFAULT =
        new Limits(10_485_760, 1024, 1024, 256, 67_108_864L, 2_000, 2_000, 200);
  }

  /**
   * How long peers may take.
   *
   * @param negotiation for a connection to become an authenticated stream
   * @param stanza to send one stanza
   * @param write to take what we send
   * @param idle without sending anything on a connection of theirs
   * @param silence without a sign that they got what we sent; then they are asked for one, and
   *     given up after as long again
   */
  record Deadlines(
      Duration negotiation, Duration stanza, Duration write, Duration idle, Duration silence) {
    static final Deadlines DEFAULT =
        new Deadlines(
            Duration.ofSeconds(20),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofMinutes(15),
            Duration.ofMinutes(1));
  }

  S2sSettings {
    domains = List.copyOf(domains);
    identities = Map.copyOf(identities);
    listen = List.copyOf(listen);
    listenDirect = List.copyOf(listenDirect);
  }

  /** The identities of every host of the domains. */
  static Map<String, TlsIdentity> identities(Map<Domain, TlsIdentity> byDomain) {
    Map<String, TlsIdentity> byHost = new LinkedHashMap<>();
    byDomain.forEach(
        (domain, identity) -> {
          byHost.put(domain.name(), identity);
          byHost.put(domain.service(), identity);
        });
    return byHost;
  }

  /** What a domain of ours shows. */
  TlsIdentity identity(Domain domain) {
    return Objects.requireNonNull(identities.get(domain.name()), "every host has an identity");
  }

  /** Whether others differ in nothing but the certificates. */
  boolean isButForCertificates(S2sSettings other) {
    return equals(
        new S2sSettings(
            other.domains,
            identities,
            other.listen,
            other.listenDirect,
            other.rules,
            other.limits,
            other.deadlines));
  }
}
