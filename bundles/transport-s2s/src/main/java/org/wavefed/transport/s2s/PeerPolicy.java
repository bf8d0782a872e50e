// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.wavefed.crypto.CertificateVerifier;
import org.wavefed.crypto.CertificateVerifier.Purpose;
import org.wavefed.crypto.CryptoException;
import org.wavefed.model.Bytes;

/** Whom we believe to be who he says, and whom we connect to. Thread-safe. */
final class PeerPolicy {
  private static final int REMEMBERED_MAX = 10_000;
  private static final byte[] NAT64 = HexFormat.of().parseHex("0064ff9b0000000000000000");
  private static final byte[] SIX_TO_FOUR = HexFormat.of().parseHex("2002");
  private static final byte[] PROTOCOLS = {(byte) 192, 0, 0};

  /** NAT64 for private use, discarded, Teredo, IPv4-compatible and IPv4-translated. */
  private static final List<byte[]> SPECIAL =
      Stream.of(
              "0064ff9b0001",
              "0100000000000000",
              "20010000",
              "00000000000000000000",
              "0000000000000000ffff0000")
          .map(HexFormat.of()::parseHex)
          .toList();

  /**
   * What is configured.
   *
   * @param tlsRequired whether streams without TLS are refused
   * @param dialback patterns of the domains that dialback is good enough for: {@code *}, {@code
   *     *.example} or a name
   * @param privateAddresses whether private, loopback and link-local addresses are connected to
   */
  record Rules(boolean tlsRequired, List<String> dialback, boolean privateAddresses) {
    Rules {
      dialback = List.copyOf(dialback);
    }
  }

  private final Rules rules;
  private final Supplier<Optional<CertificateVerifier>> verifier;

  /** Who once showed a good certificate need not come without one again. */
  private final Set<String> certified =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > REMEMBERED_MAX;
                }
              }));

  PeerPolicy(Rules rules, Supplier<Optional<CertificateVerifier>> verifier) {
    this.rules = rules;
    this.verifier = verifier;
  }

  boolean isTlsRequired() {
    return rules.tlsRequired();
  }

  /** Why a certificate does not stand for a domain; empty if it does. */
  Optional<String> distrust(List<Bytes> chain, String domain) {
    Optional<CertificateVerifier> present = verifier.get();
    if (chain.isEmpty()) {
      return Optional.of(domain + " shows no certificate");
    } else if (present.isEmpty()) {
      return Optional.of("there is no crypto part to check the certificate of " + domain);
    }
    try {
      present.get().verify(chain, domain, Purpose.STREAM);
      return Optional.empty();
    } catch (CryptoException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** A stream was opened with a domain that showed a good certificate. */
  void authenticated(String domain) {
    certified.add(domain);
  }

  /** Whether dialback is good enough for a domain that does not show a good certificate. */
  boolean allowsDialback(String domain) {
    return !certified.contains(domain) && letsDialBack(domain);
  }

  /**
   * Whether dialback may be used with a domain that shows a good certificate: whatever it was
   * before, it is not less now. It is the other side that does not take ours.
   */
  boolean letsDialBack(String domain) {
    return rules.dialback().stream().anyMatch(p -> is(p, domain));
  }

  /** Why dialback is not good enough, and what an operator can look at. */
  String noDialback(String domain) {
    return "dialback is not allowed for "
        + domain
        + (letsDialBack(domain) ? ", which showed a good certificate before" : " (dialback)");
  }

  private static boolean is(String pattern, String domain) {
    return pattern.equals("*")
        || pattern.equals(domain)
        || (pattern.startsWith("*.") && domain.endsWith(pattern.substring(1)));
  }

  /** Whether an address may be connected to. */
  boolean allows(InetAddress address) {
    return rules.privateAddresses()
        || !(address.isLoopbackAddress()
            || address.isSiteLocalAddress()
            || address.isLinkLocalAddress()
            || address.isAnyLocalAddress()
            || address.isMulticastAddress()
            || isUniqueLocal(address)
            || isSpecial(address)
            || embedded(address).filter(inner -> !allows(inner)).isPresent());
  }

  /** The IPv4 address that a NAT64 (RFC 6052) or 6to4 (RFC 3056) address leads to. */
  private static Optional<InetAddress> embedded(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 16 && startsWith(octets, NAT64)) {
      return Optional.of(inner(octets, NAT64.length));
    }
    return octets.length == 16 && startsWith(octets, SIX_TO_FOUR)
        ? Optional.of(inner(octets, SIX_TO_FOUR.length))
        : Optional.empty();
  }

  private static boolean startsWith(byte[] octets, byte[] prefix) {
    return Arrays.equals(octets, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static InetAddress inner(byte[] octets, int offset) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(octets, offset, offset + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }

  /** RFC 4193. */
  private static boolean isUniqueLocal(InetAddress address) {
    return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
  }

  /**
   * What leads nowhere on the Internet (RFC 6890): of IPv4 0.0.0.0/8, 100.64.0.0/10, 192.0.0.0/24,
   * 198.18.0.0/15 and 240.0.0.0/4, of IPv6 the NAT64 prefix for private use (RFC 8215), what is
   * thrown away (RFC 6666), and addresses that wrap one of IPv4 without a gateway that all know.
   */
  private static boolean isSpecial(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 4) {
      return octets[0] == 0
          || (octets[0] & 0xf0) == 0xf0
          || (octets[0] == 100 && (octets[1] & 0xc0) == 0x40)
          || (octets[0] == (byte) 198 && (octets[1] & 0xfe) == 18)
          || startsWith(octets, PROTOCOLS);
    }
    return SPECIAL.stream().anyMatch(prefix -> startsWith(octets, prefix));
  }
}
