// SPDX-License-Identifier: Apache-2.0
package org.wavefed.ping.federation;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.wavefed.ping.PingResult;
import org.wavefed.ping.PingResult.Failed;
import org.wavefed.ping.PingService;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.Route;

/**
 * Pings through the first transport that serves the asking domain. Transports come and go; while
 * there is none, a ping fails with one line that says so.
 *
 * <p>The default domain is the first one that a transport names in its service property {@value
 * #DOMAIN} (a text or several) and serves now.
 */
@Component
public final class TransportPing implements PingService {
  /** The service property in which a transport says for which domains of ours it is configured. */
  static final String DOMAIN = "domain";

  private final List<Transport> transports = new CopyOnWriteArrayList<>();

  /** Starts without a transport. */
  @Activate
  public TransportPing() {}

  /** A transport came. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeTransport")
  void addTransport(FederationTransport transport, Map<String, ?> properties) {
    transports.add(new Transport(transport, domains(properties.get(DOMAIN))));
  }

  /** A transport went. */
  void removeTransport(FederationTransport transport) {
    transports.removeIf(known -> known.service() == transport);
  }

  @Override
  public CompletionStage<PingResult> ping(String localDomain, String peerDomain, Duration timeout) {
    String peer = peerDomain.toLowerCase(Locale.ROOT);
    return choose(localDomain.toLowerCase(Locale.ROOT))
        .map(chosen -> new OnePing(chosen.transport(), chosen.route(peer), timeout).send())
        .orElseGet(() -> CompletableFuture.completedFuture(notConnected(localDomain)));
  }

  private Optional<Choice> choose(String localDomain) {
    return transports.stream()
        .flatMap(
            transport ->
                candidates(transport, localDomain)
                    .filter(transport.service()::serves)
                    .map(domain -> new Choice(transport.service(), domain)))
        .findFirst();
  }

  private static Stream<String> candidates(Transport transport, String localDomain) {
    return localDomain.isEmpty() ? transport.domains().stream() : Stream.of(localDomain);
  }

  private Failed notConnected(String localDomain) {
    return new Failed(FailureReason.NOT_CONNECTED, whyNotConnected(localDomain), Duration.ZERO);
  }

  private String whyNotConnected(String localDomain) {
    if (transports.isEmpty()) {
      return "no federation transport is running: install one, such as the feature"
          + " wavefed-transport-s2s, and configure it";
    }
    List<String> kinds = transports.stream().map(t -> t.service().kind()).distinct().toList();
    String domain = localDomain.isEmpty() ? "any domain of ours" : localDomain;
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

  /** A transport with the domains that it names. */
  private record Transport(FederationTransport service, List<String> domains) {}

  /** A transport with the domain of ours that it serves. */
  private record Choice(FederationTransport transport, String localDomain) {
    Route route(String peer) {
      return new Route(localDomain, peer);
    }
  }
}
