// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.util.Arrays;
import org.wavefed.crypto.DeltaSigner;
import org.wavefed.crypto.SigningKeys;
import org.wavefed.dns.DnsResolver;
import org.wavefed.federation.DeliveryQueue;
import org.wavefed.federation.PeerTransports;
import org.wavefed.federation.Peers;
import org.wavefed.ping.PingService;
import org.wavefed.store.DeltaStore;
import org.wavefed.transport.ConnectionProbe;
import org.wavefed.transport.FederationTransport;
import org.wavefed.wave.WaveService;

/** The parts of a server that commands use, and what to do about one that is not there. */
public enum Part {
  STORE(DeltaStore.class, "no store is running", "wavefed-store-rocksdb"),
  KEYS(SigningKeys.class, "nothing that keeps signing keys is running", "wavefed-crypto-x509"),
  SIGNER(DeltaSigner.class, "nothing that signs is running", "wavefed-crypto-x509"),
  TRANSPORT(
      FederationTransport.class, "no federation transport is running", "wavefed-transport-s2s"),
  SERVER(WaveService.class, "the wave server is not running", "wavefed-server"),
  TRANSPORTS(
      PeerTransports.class, "nothing that chooses among transports is running", "wavefed-server"),
  PEERS(Peers.class, "nothing that knows of peers is running", "wavefed-server"),
  QUEUE(DeliveryQueue.class, "no delivery queue is running", "wavefed-server"),
  PING(PingService.class, "the ping service is not running", "wavefed-ping"),
  /** Not every server has or needs it. */
  PROBE(
      ConnectionProbe.class,
      "no transport that finds other servers by itself is running and configured",
      "wavefed-transport-s2s"),
  /** Only a transport that finds other servers by itself needs it. */
  DNS(DnsResolver.class, "nothing that asks the DNS is running", "wavefed-dns-dnsjava");

  private final Class<?> type;
  private final String fault;
  private final String feature;

  Part(Class<?> type, String fault, String feature) {
    this.type = type;
    this.fault = fault;
    this.feature = feature;
  }

  /** The part that provides a service. */
  static Part of(Class<?> type) {
    return Arrays.stream(values())
        .filter(part -> part.type == type)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type.getName()));
  }

  /** The service that it provides. */
  public Class<?> type() {
    return type;
  }

  /** Whether a server with these services is incomplete without it. */
  boolean isNeeded(Services services) {
    return switch (this) {
      case PROBE -> false;
      case DNS -> services.find(ConnectionProbe.class).isPresent();
      default -> true;
    };
  }

  /** One line: what is missing and what to do. */
  public String missing() {
    return fault + ": feature:install " + feature + " brings it if it is not installed";
  }
}
