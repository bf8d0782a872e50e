// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wavefed.crypto.DeltaSigner;
import org.wavefed.crypto.SigningKeys;
import org.wavefed.dns.DnsResolver;
import org.wavefed.federation.Peers;
import org.wavefed.federation.Peers.PeerStatus;
import org.wavefed.shell.Services.Found;
import org.wavefed.store.DeltaStore;
import org.wavefed.transport.FederationTransport;
import org.wavefed.wave.WaveService;

/**
 * How a server is.
 *
 * @param lines its parts
 * @param missing one line for each part that is not there, with what to do
 */
public record StatusReport(List<Line> lines, List<String> missing) {
  /** Copies the lists. */
  public StatusReport {
    lines = List.copyOf(lines);
    missing = List.copyOf(missing);
  }

  /**
   * A part.
   *
   * @param part its kind
   * @param what which
   * @param state how it is
   */
  public record Line(String part, String what, String state) {}

  /** Looks at every part. */
  public static StatusReport of(Services services) {
    List<Line> lines = new ArrayList<>();
    Set<String> domains =
        services.find(WaveService.class).map(WaveService::localDomains).orElse(Set.of());
    domains.forEach(domain -> lines.add(new Line("domain", domain, "served")));
    services
        .all(FederationTransport.class)
        .forEach(transport -> lines.addAll(transport(transport, domains)));
    lines.addAll(dns(services.all(DnsResolver.class)));
    services
        .all(DeltaStore.class)
        .forEach(store -> lines.add(store(store.service().description())));
    services.all(DeltaSigner.class).forEach(signer -> lines.add(signer(signer.service())));
    services
        .find(SigningKeys.class)
        .ifPresent(keys -> keys.list().forEach(key -> lines.add(key(key))));
    services.find(Peers.class).ifPresent(peers -> lines.add(peers(peers.list())));
    return new StatusReport(lines, missing(services));
  }

  /** Only the preferred one is asked. */
  private static List<Line> dns(List<Found<DnsResolver>> resolvers) {
    List<Line> lines = new ArrayList<>();
    for (Found<DnsResolver> dns : resolvers) {
      String state = lines.isEmpty() ? "running" : "not asked while the one above runs";
      lines.add(new Line("dns", dns.service().description(), state));
    }
    return lines;
  }

  private static List<Line> transport(Found<FederationTransport> transport, Set<String> domains) {
    FederationTransport service = transport.service();
    Set<String> all = new LinkedHashSet<>(texts(transport.properties().get("domain")));
    if (all.isEmpty()) {
      all.addAll(domains);
    }
    List<String> troubles = texts(transport.properties().get("trouble"));
    return all.stream()
        .map(
            domain ->
                new Line(
                    "transport",
                    service.kind() + " for " + domain,
                    state(service.serves(domain), troubles)))
        .toList();
  }

  private static String state(boolean connected, List<String> troubles) {
    List<String> all = new ArrayList<>(List.of(connected ? "connected" : "not connected"));
    all.addAll(troubles);
    return String.join("; ", all);
  }

  /** See {@link DeltaStore#description}. */
  private static Line store(String description) {
    int trouble = description.indexOf(", NOT WRITABLE");
    return trouble < 0
        ? new Line("store", description, "running")
        : new Line("store", description.substring(0, trouble), description.substring(trouble + 2));
  }

  private static Line signer(DeltaSigner signer) {
    Set<String> domains = signer.domains();
    return new Line(
        "signer",
        signer.provider(),
        domains.isEmpty() ? "for no domain yet" : "for " + String.join(", ", domains));
  }

  private static Line key(SigningKeys.KeyStatus key) {
    String algorithm = key.algorithm().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String until =
        key.notAfter().equals(Instant.EPOCH)
            ? ""
            : ", valid until " + Times.here().full(key.notAfter()).substring(0, 10);
    return new Line("key", algorithm + " of " + key.domain(), key.state() + until);
  }

  private static Line peers(List<PeerStatus> peers) {
    long up = peers.stream().filter(peer -> peer.state() == Peers.State.UP).count();
    long down = peers.stream().filter(peer -> peer.state() == Peers.State.DOWN).count();
    int waiting = peers.stream().mapToInt(PeerStatus::waiting).sum();
    return new Line(
        "peers",
        up + " up, " + down + " down",
        waiting == 0 ? "nothing waits" : waiting + " deliveries wait (wave:peers)");
  }

  private static List<String> missing(Services services) {
    return Arrays.stream(Part.values())
        .filter(part -> part.isNeeded(services) && services.all(part.type()).isEmpty())
        .map(Part::missing)
        .distinct()
        .toList();
  }

  private static List<String> texts(@Nullable Object property) {
    Collection<?> values =
        property instanceof Object[] array
            ? List.of(array)
            : property instanceof Collection<?> several
                ? several
                : Optional.ofNullable(property).stream().toList();
    return values.stream().map(Object::toString).filter(text -> !text.isEmpty()).toList();
  }
}
