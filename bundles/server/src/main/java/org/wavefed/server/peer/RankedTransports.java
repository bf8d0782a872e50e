// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.peer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.wavefed.transport.FederationTransport;

/** The transports that are there, the preferred one first, as OSGi ranks services. Thread-safe. */
public final class RankedTransports {
  private static final Comparator<Ranked> ORDER =
      Comparator.comparingInt(Ranked::ranking).reversed().thenComparingLong(Ranked::id);

  private volatile List<Ranked> all = List.of();

  private record Ranked(FederationTransport transport, int ranking, long id) {}

  /** Adds a transport with the properties of its service. */
  public synchronized void add(FederationTransport transport, Map<String, Object> properties) {
    List<Ranked> more = new ArrayList<>(all);
    more.add(
        new Ranked(
            transport,
            properties.get("service.ranking") instanceof Integer ranking ? ranking : 0,
            properties.get("service.id") instanceof Long id ? id : Long.MAX_VALUE));
    more.sort(ORDER);
    all = List.copyOf(more);
  }

  /** Takes a transport out. */
  public synchronized void remove(FederationTransport transport) {
    all = all.stream().filter(ranked -> ranked.transport != transport).toList();
  }

  /** All of them now. */
  public List<FederationTransport> list() {
    return all.stream().map(Ranked::transport).toList();
  }

  /** The kinds that serve a domain of ours now. */
  public List<String> kinds(String localDomain) {
    return list().stream()
        .filter(transport -> transport.serves(localDomain))
        .map(FederationTransport::kind)
        .distinct()
        .toList();
  }
}
