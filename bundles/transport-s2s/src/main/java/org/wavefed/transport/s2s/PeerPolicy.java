// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.wavefed.crypto.CertificateVerifier;
import org.wavefed.crypto.CertificateVerifier.Purpose;
import org.wavefed.crypto.CryptoException;
import org.wavefed.model.Bytes;

/** Whom we believe to be who he says, and whom we connect to. Thread-safe. */
final class PeerPolicy {
  private static final int REMEMBERED_MAX = 10_000;

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

  /** A domain was authenticated by its certificate. */
  void authenticated(String domain) {
    certified.add(domain);
  }

  /** Whether dialback is good enough for a domain. */
  boolean allowsDialback(String domain) {
    return !certified.contains(domain) && rules.dialback().stream().anyMatch(p -> is(p, domain));
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
            || isShared(address));
  }

  /** RFC 4193. */
  private static boolean isUniqueLocal(InetAddress address) {
    return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
  }

  /** 0.0.0.0/8 and 100.64.0.0/10 (RFC 6890). */
  private static boolean isShared(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 4
        && (octets[0] == 0 || (octets[0] == 100 && (octets[1] & 0xc0) == 0x40));
  }
}
