// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the configuration. Every fault is an IllegalArgumentException with one line. */
final class S2sConfiguration {
  /** Where an operator finds the keys. */
  static final String FILE = "org.wavefed.transport.s2s.cfg";

  private S2sConfiguration() {}

  static S2sSettings settings(S2sConfig config) {
    try {
      return checked(config);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("etc/" + FILE + ": " + e.getMessage(), e);
    }
  }

  private static S2sSettings checked(S2sConfig config) {
    Map<S2sSettings.Domain, TlsIdentity> identities = new LinkedHashMap<>();
    for (String domain : words(config.domains())) {
      if (!domain.matches("[a-z0-9-]+([.][a-z0-9-]+)*")) {
        throw new IllegalArgumentException(
            "domains: '" + domain + "' is no domain name such as acmewave.example");
      }
      S2sSettings.Domain hosted = S2sSettings.Domain.of(domain);
      Path certificate = certificate(config, domain);
      TlsIdentity identity = TlsIdentity.read(certificate, key(config, domain));
      IdentityCheck.require(identity, hosted, certificate);
      identities.put(hosted, identity);
    }
    return new S2sSettings(
        List.copyOf(identities.keySet()),
        S2sSettings.identities(identities),
        addresses("listen", config.listen()),
        addresses("listen.direct", config.listen_direct()),
        new PeerPolicy.Rules(
            config.tls_required(), words(config.dialback()), config.private_addresses()),
        limits(config),
        S2sSettings.Deadlines.DEFAULT);
  }

  /** The certificates and keys of all domains, to be looked at for changes. */
  static List<Path> files(S2sConfig config) {
    return words(config.domains()).stream()
        .flatMap(domain -> Stream.of(certificate(config, domain), key(config, domain)))
        .toList();
  }

  private static Path certificate(S2sConfig config, String domain) {
    return file(config.tls_certificate(), "crt", domain);
  }

  /** Where the key of a domain is. */
  static Path key(S2sConfig config, String domain) {
    return file(config.tls_key(), "key", domain);
  }

  private static S2sSettings.Limits limits(S2sConfig config) {
    return new S2sSettings.Limits(
        config.stanza_bytes_max(),
        config.calls_in_flight_max(),
        config.calls_in_hand_max(),
        config.calls_in_hand_per_peer_max(),
        config.queue_bytes_max(),
        config.streams_max(),
        config.connections_max(),
        config.connections_per_address_max());
  }

  /** The words between commas, lower case. */
  static List<String> words(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static Path file(String pattern, String extension, String domain) {
    // Not the default of the key: a file's ${env:...} cannot hold braces of its own.
    String known = pattern.isBlank() ? "etc/wavefed/tls/{domain}." + extension : pattern;
    return Path.of(known.replace("{domain}", domain));
  }

  private static List<InetSocketAddress> addresses(String key, String text) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    words(text).forEach(word -> addresses.add(address(key, word)));
    return addresses;
  }

  private static InetSocketAddress address(String key, String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(0, colon));
    try {
      if (!host.matches("[0-9]+([.][0-9]+){3}|\\[[0-9a-f:.%]+\\]")) {
        throw notAnAddress(key, text, null);
      }
      int port = Integer.parseInt(text.substring(colon + 1));
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw notAnAddress(key, text, e);
    }
  }

  private static IllegalArgumentException notAnAddress(
      String key, String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        key + ": '" + text + "' is not ADDRESS:PORT such as 0.0.0.0:5269 or [::]:5269", cause);
  }
}
