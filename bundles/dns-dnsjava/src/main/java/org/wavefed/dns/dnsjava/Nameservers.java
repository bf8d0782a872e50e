// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.wavefed.dns.dnsjava.ResponseReader.Meaning;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;

/**
 * Asks nameservers in turn, each once a round, until one gives an answer that makes sense.
 * Truncated answers are asked for again over TCP. Thread-safe.
 */
final class Nameservers {
  /** What a TCP fallback and DNSSEC flags need, and what passes every path (DNS flag day 2020). */
  private static final int UDP_PAYLOAD_BYTES = 1232;

  private record Nameserver(InetSocketAddress address, SimpleResolver resolver, boolean trusted) {}

  private final List<Nameserver> servers;
  private final int rounds;
  private final Executor executor;

  /**
   * @param trusted whether a nameserver beyond loopback is believed when it says that it validated
   *     an answer
   */
  Nameservers(
      List<InetSocketAddress> addresses,
      Duration timeout,
      int rounds,
      boolean trusted,
      Executor executor) {
    this.servers =
        addresses.stream().map(address -> nameserver(address, timeout, trusted)).toList();
    this.rounds = rounds;
    this.executor = executor;
  }

  private static Nameserver nameserver(
      InetSocketAddress address, Duration timeout, boolean trusted) {
    SimpleResolver resolver = new SimpleResolver(address);
    resolver.setTimeout(timeout);
    resolver.setEDNS(0, UDP_PAYLOAD_BYTES, 0, List.of());
    return new Nameserver(address, resolver, trusted || address.getAddress().isLoopbackAddress());
  }

  CompletionStage<Meaning> ask(Question question) {
    if (servers.isEmpty()) {
      return CompletableFuture.failedFuture(
          new DnsException(
              Reason.UNAVAILABLE, "no nameserver is configured or known to the system", null));
    }
    return ask(question, 0, new ArrayList<>());
  }

  private CompletionStage<Meaning> ask(
      Question question, int attempt, List<DnsException> failures) {
    if (attempt == servers.size() * rounds) {
      return CompletableFuture.failedFuture(failures.get(failures.size() - 1));
    }
    Nameserver server = servers.get(attempt % servers.size());
    return server
        .resolver
        .sendAsync(question.toMessage(), executor)
        .thenApply(response -> read(question, response, server))
        .exceptionallyCompose(
            failure -> {
              failures.add(failure(question, server, failure));
              return ask(question, attempt + 1, failures);
            });
  }

  private static Meaning read(Question question, Message response, Nameserver server) {
    Meaning meaning = ResponseReader.read(question, response);
    return server.trusted ? meaning : withoutAuthentication(meaning);
  }

  private static Meaning withoutAuthentication(Meaning meaning) {
    if (meaning instanceof Meaning.Answered answered) {
      RecordSet set = answered.set();
      return new Meaning.Answered(new RecordSet(set.kind(), set.records(), set.seconds(), false));
    }
    Meaning.Alias alias = (Meaning.Alias) meaning;
    return new Meaning.Alias(alias.next(), alias.seconds(), false);
  }

  private static DnsException failure(Question question, Nameserver server, Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    String where =
        question.text() + " " + question.typeText() + " at " + text(server.address) + ": ";
    if (cause instanceof DnsException known) {
      return new DnsException(known.reason(), where + known.getMessage(), known);
    }
    if (cause instanceof TimeoutException) {
      return new DnsException(Reason.TIMED_OUT, where + "no answer in time", cause);
    }
    return new DnsException(Reason.BAD_ANSWER, where + cause.getMessage(), cause);
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  @Override
  public String toString() {
    return String.join(", ", servers.stream().map(server -> text(server.address)).toList());
  }
}
