// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;

/** Servers that take connections and answer discovery as a test says. Streams are strings. */
final class ScriptedNetwork implements Connector<String>, Connector.Discoverer<String> {
  private final Set<String> listening = new HashSet<>();
  private final Set<String> silent = new HashSet<>();
  private final Set<String> unfriendly = new HashSet<>();
  private final Map<String, Optional<String>> services = new HashMap<>();
  private final Map<String, FederationException> noServices = new HashMap<>();
  final Map<String, CompletableFuture<Connection<String>>> pending = new LinkedHashMap<>();

  /** What happened, in order. */
  final List<String> events = new ArrayList<>();

  final List<String> open = new ArrayList<>();

  /** Takes connections at {@code address:port}. */
  ScriptedNetwork listens(String... endpoints) {
    listening.addAll(List.of(endpoints));
    return this;
  }

  /** Neither takes nor refuses connections. */
  ScriptedNetwork silent(String... endpoints) {
    silent.addAll(List.of(endpoints));
    return this;
  }

  /** Takes connections but no streams. */
  ScriptedNetwork unfriendly(String... endpoints) {
    unfriendly.addAll(List.of(endpoints));
    return listens(endpoints);
  }

  /** Answers discovery for a domain; who has not been named here does not support it. */
  ScriptedNetwork discovery(String domain, Optional<String> service) {
    services.put(domain, service);
    return this;
  }

  @Override
  public CompletableFuture<Connection<String>> connect(Endpoint endpoint) {
    String where = endpoint.toString();
    events.add("connect " + where);
    CompletableFuture<Connection<String>> future = new CompletableFuture<>();
    if (silent.contains(where)) {
      pending.put(where, future);
    } else if (listening.contains(where)) {
      future.complete(connection(where));
    } else {
      future.completeExceptionally(
          new FederationException(FailureReason.REFUSED, where + ": connection refused"));
    }
    return future;
  }

  Connection<String> connection(String where) {
    open.add(where);
    return new Connection<>() {
      @Override
      public CompletableFuture<String> open(String domain) {
        if (unfriendly.contains(where)) {
          close();
          return CompletableFuture.failedFuture(
              new FederationException(FailureReason.REFUSED, where + ": host-unknown"));
        }
        events.add("stream " + domain + " at " + where);
        return CompletableFuture.completedFuture(where);
      }

      @Override
      public void close() {
        open.remove(where);
      }
    };
  }

  @Override
  public CompletableFuture<Optional<String>> waveService(String stream, String domain) {
    events.add("discover " + domain);
    Optional<String> service = services.get(domain);
    return service == null
        ? CompletableFuture.failedFuture(
            new FederationException(FailureReason.NO_WAVE_SERVICE, "service-unavailable"))
        : CompletableFuture.completedFuture(service);
  }

  /** What is no wave service, or cannot be asked, and why; everything else is one. */
  ScriptedNetwork noService(String address, FailureReason reason, String why) {
    noServices.put(address, new FederationException(reason, why));
    return this;
  }

  @Override
  public CompletableFuture<Void> requireService(String address) {
    events.add("info " + address);
    FederationException why = noServices.get(address);
    return why == null
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(why);
  }

  @Override
  public void close(String stream) {
    open.remove(stream);
  }
}
