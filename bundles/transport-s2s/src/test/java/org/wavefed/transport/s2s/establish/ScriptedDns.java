// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.wavefed.dns.CachedAnswer;
import org.wavefed.dns.DnsAnswer;
import org.wavefed.dns.DnsAnswer.Kind;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.wavefed.dns.DnsResolver;
import org.wavefed.dns.HostAddress;
import org.wavefed.dns.SrvRecord;

/** A resolver that answers as a test says; what it does not say does not exist. Thread-safe. */
public final class ScriptedDns implements DnsResolver {
  private final Map<String, List<SrvRecord>> services = new ConcurrentHashMap<>();
  private final Map<String, List<String>> hosts = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Void>> late = new ConcurrentHashMap<>();
  private final List<String> broken = new CopyOnWriteArrayList<>();
  final List<String> flushed = new CopyOnWriteArrayList<>();
  public final List<String> asked = new CopyOnWriteArrayList<>();

  public ScriptedDns srv(String name, int priority, int weight, int port, String target) {
    services
        .computeIfAbsent(name, n -> new CopyOnWriteArrayList<>())
        .add(new SrvRecord(priority, weight, port, target));
    return this;
  }

  public ScriptedDns host(String name, String... addresses) {
    hosts.put(name, List.of(addresses));
    return this;
  }

  /** From now on nothing exists. */
  public void forget() {
    services.clear();
    hosts.clear();
  }

  /** From now on there is no such service. */
  public ScriptedDns forget(String name) {
    services.remove(name);
    return this;
  }

  public ScriptedDns broken(String name) {
    broken.add(name);
    return this;
  }

  /** Answers about a name from when that is completed on, on its thread. */
  public CompletableFuture<Void> late(String name) {
    return late.computeIfAbsent(name, n -> new CompletableFuture<>());
  }

  @Override
  public String description() {
    return "scripted";
  }

  @Override
  public CompletionStage<DnsAnswer<SrvRecord>> srv(String name, Duration timeout) {
    return answer(name, services.getOrDefault(name, List.of()));
  }

  @Override
  public CompletionStage<DnsAnswer<HostAddress>> addresses(String host, Duration timeout) {
    return answer(
        host, hosts.getOrDefault(host, List.of()).stream().map(a -> address(host, a)).toList());
  }

  private <T> CompletionStage<DnsAnswer<T>> answer(String name, List<T> records) {
    asked.add(name);
    if (broken.contains(name)) {
      return CompletableFuture.failedFuture(
          new DnsException(Reason.SERVER_FAILURE, name + ": SERVFAIL", null));
    }
    DnsAnswer<T> answer =
        new DnsAnswer<>(
            records.isEmpty() ? Kind.NO_SUCH_NAME : Kind.FOUND, records, Duration.ZERO, false);
    return late.getOrDefault(name, CompletableFuture.completedFuture(null))
        .thenApply(now -> answer);
  }

  static HostAddress address(String host, String address) {
    try {
      return new HostAddress(host, InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public List<CachedAnswer> cached() {
    return List.of();
  }

  @Override
  public void flush(Optional<String> name) {
    flushed.add(name.orElse("*"));
  }
}
