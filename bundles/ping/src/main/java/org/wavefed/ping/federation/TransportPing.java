// SPDX-License-Identifier: Apache-2.0
package org.wavefed.ping.federation;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.wavefed.federation.PeerTransports;
import org.wavefed.ping.PingResult;
import org.wavefed.ping.PingResult.Failed;
import org.wavefed.ping.PingService;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.Route;

/**
 * Pings over the transport over which the server calls the peer: the pinned one alone, if there is
 * one; else the one in use; without a server, the first by ranking that serves the asking domain.
 * Transports come and go; while there is none, a ping fails with one line that says so.
 *
 * <p>The default domain is the first one that a transport names in its service property {@value
 * #DOMAIN} (a text or several) and serves now.
 */
@Component
public final class TransportPing implements PingService {
  /** The service property in which a transport says for which domains of ours it is configured. */
  static final String DOMAIN = "domain";

  private volatile List<Transport> transports = List.of();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable PeerTransports choice;

  /** Starts without a transport. */
  @Activate
  public TransportPing() {}

  /** A transport came. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeTransport")
  synchronized void addTransport(FederationTransport transport, Map<String, ?> properties) {
    transports =
        Stream.concat(transports.stream(), Stream.of(Transport.of(transport, properties)))
            .sorted(Transport.PREFERRED_FIRST)
            .toList();
  }

  /** A transport went. */
  synchronized void removeTransport(FederationTransport transport) {
    transports = transports.stream().filter(known -> known.service() != transport).toList();
  }

  @Override
  public CompletionStage<PingResult> ping(String localDomain, String peerDomain, Duration timeout) {
    String peer = peerDomain.toLowerCase(Locale.ROOT);
    String local = localDomain.toLowerCase(Locale.ROOT);
    PeerTransports asTheServer = choice;
    String pinned = asTheServer == null ? "" : asTheServer.pins().getOrDefault(peer, "");
    List<Way> ways = ways(local).filter(way -> pinned.isEmpty() || way.isOver(pinned)).toList();
    if (ways.isEmpty()) {
      return CompletableFuture.completedFuture(notConnected(local, peer, pinned));
    }
    Way way = asTheServer == null ? ways.get(0) : inUse(ways, asTheServer.uses(), peer);
    return new OnePing(way.transport(), way.route(peer), timeout).send();
  }

  /** The ways from a domain of ours, or from whatever domain if it is empty. */
  private Stream<Way> ways(String localDomain) {
    return transports.stream()
        .flatMap(
            transport ->
                (localDomain.isEmpty() ? transport.domains() : List.of(localDomain))
                    .stream()
                        .filter(transport.service()::serves)
                        .map(domain -> new Way(transport.service(), domain)));
  }

  private static Way inUse(List<Way> ways, List<PeerTransports.Use> uses, String peer) {
    return ways.stream()
        .filter(
            way ->
                uses.stream()
                    .filter(use -> use.peerDomain().equals(peer))
                    .filter(use -> use.localDomain().equals(way.localDomain()))
                    .anyMatch(use -> use.kind().filter(way::isOver).isPresent()))
        .findFirst()
        .orElse(ways.get(0));
  }

  private Failed notConnected(String localDomain, String peer, String pinned) {
    return new Failed(
        FailureReason.NOT_CONNECTED, whyNotConnected(localDomain, peer, pinned), Duration.ZERO);
  }

  private String whyNotConnected(String localDomain, String peer, String pinned) {
    String domain = localDomain.isEmpty() ? "any domain of ours" : localDomain;
    if (!pinned.isEmpty()) {
      return peer
          + " is pinned to the transport "
          + pinned
          + ", which is not connected for "
          + domain
          + ": wave:transports --unpin "
          + peer
          + " lets others be used";
    }
    if (transports.isEmpty()) {
      return "no federation transport is running: install one, such as the feature"
          + " wavefed-transport-s2s, and configure it";
    }
    List<String> kinds = transports.stream().map(t -> t.service().kind()).distinct().toList();
    return "no transport is connected for "
        + domain
        + " (running: "
        + String.join(", ", kinds)
        + "): check that it is configured for the domain and that its server is up";
  }

  private static List<String> domains(@Nullable Object property) {
    if (property instanceof String text) {
      return List.of(text.strip().toLowerCase(Locale.ROOT));
    }
    Collection<?> several =
        property instanceof Object[] array
            ? List.of(array)
            : property instanceof Collection<?> collection ? collection : List.of();
    return several.stream().map(text -> text.toString().strip().toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * A transport.
   *
   * @param domains those that it names
   * @param ranking as OSGi ranks services
   * @param id as OSGi numbers services
   */
  private record Transport(
      FederationTransport service, List<String> domains, int ranking, long id) {
    static final Comparator<Transport> PREFERRED_FIRST =
        Comparator.comparingInt(Transport::ranking).reversed().thenComparingLong(Transport::id);

    static Transport of(FederationTransport service, Map<String, ?> properties) {
      return new Transport(
          service,
          TransportPing.domains(properties.get(DOMAIN)),
          properties.get("service.ranking") instanceof Integer ranking ? ranking : 0,
          properties.get("service.id") instanceof Long id ? id : Long.MAX_VALUE);
    }
  }

  /** A transport with a domain of ours that it serves. */
  private record Way(FederationTransport transport, String localDomain) {
    boolean isOver(String kind) {
      return transport.kind().equals(kind);
    }

    Route route(String peer) {
      return new Route(localDomain, peer);
    }
  }
}
