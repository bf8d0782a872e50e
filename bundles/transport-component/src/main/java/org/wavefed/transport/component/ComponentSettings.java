// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jxmpp.jid.Jid;
import org.wavefed.xmpp.stanza.DomainAddress;

/**
 * How one domain of ours federates.
 *
 * @param domain the wave provider domain
 * @param address the component's address at the XMPP server
 * @param host where the XMPP server listens for components
 * @param port and on which port
 * @param secret shared with the XMPP server
 * @param limits what is bounded
 * @param deadlines how long the XMPP server may take
 * @param identityType what discovery says of us
 * @param source the file in {@code etc} where an operator finds these settings
 */
record ComponentSettings(
    String domain,
    String address,
    String host,
    int port,
    String secret,
    Limits limits,
    Deadlines deadlines,
    String identityType,
    String source) {
  /** A name, or an IPv6 address; not one with a port. */
  private static final Pattern HOST = Pattern.compile("[^\\s:/]+|[0-9a-fA-F.]*:[^\\s/]*:[^\\s/]*");

  /**
   * What is bounded.
   *
   * @param stanzaBytes the length of one stanza, both ways
   * @param callsInFlight our calls that wait for an answer
   * @param inHand calls of peers that wait for our server
   * @param inHandPerPeer such calls of one peer
   * @param queueBytes what may wait for the XMPP server to take it
   */
  record Limits(
      int stanzaBytes, int callsInFlight, int inHand, int inHandPerPeer, long queueBytes) {
    static final Limits DEFAULT = new Limits(10_485_760, 1024, 1024, 256, 67_108_864L);
  }

  /**
   * How long the XMPP server may take.
   *
   * @param negotiation for a connection to become a stream
   * @param stanza to send one stanza
   * @param silence without sending anything, before it is probed, and again to answer that
   * @param write to take what we send
   */
  record Deadlines(Duration negotiation, Duration stanza, Duration silence, Duration write) {
    static final Deadlines DEFAULT =
        new Deadlines(
            Duration.ofSeconds(20),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
  }

  /**
   * @throws IllegalArgumentException naming the key that is wrong
   */
  ComponentSettings {
    domain = domain.strip().toLowerCase(Locale.ROOT);
    check(!domain.isEmpty(), source, "domain", "must name the domain, such as acmewave.example");
    address = address.isBlank() ? "wave." + domain : address.strip().toLowerCase(Locale.ROOT);
    check(!secret.isEmpty(), source, "secret", "must be the component's secret at the XMPP server");
    host = host.strip();
    check(HOST.matcher(host).matches(), source, "host", "must be a host name or an address alone");
    check(port > 0 && port < 65_536, source, "port", "must be 1 to 65535");
    check(limits.stanzaBytes() >= 65_536, source, "stanza.bytes.max", "must be 65536 or more");
    jid(domain, source, "domain");
    jid(address, source, "address");
  }

  Jid jid() {
    return jid(address, source, "address");
  }

  String server() {
    return host + ":" + port;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return domain + " as " + address + " through " + server();
  }

  private static Jid jid(String text, String source, String key) {
    try {
      return DomainAddress.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + " in etc/" + source + ": " + e.getMessage(), e);
    }
  }

  private static void check(boolean right, String source, String key, String rule) {
    if (!right) {
      throw new IllegalArgumentException(key + " in etc/" + source + " " + rule);
    }
  }
}
