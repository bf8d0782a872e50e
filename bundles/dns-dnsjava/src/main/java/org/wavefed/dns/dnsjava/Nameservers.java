// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.wavefed.dns.HostAddress;
import org.wavefed.dns.dnsjava.ResponseReader.Meaning;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/**
 * Asks nameservers in turn, each once a round, until one gives an answer that makes sense.
 * Truncated answers are asked for again over TCP. Thread-safe.
 */
final class Nameservers {
  /** What passes every path (DNS flag day 2020). */
  static final int UDP_PAYLOAD_BYTES = 1232;

  private record Nameserver(InetSocketAddress address, boolean trusted) {
    @Override
    public String toString() {
      return HostAddress.text(address.getAddress(), address.getPort());
    }
  }

  private final List<Nameserver> servers;
  private final Duration timeout;
  private final int rounds;
  private final DnsIo io;

  /** Asks as the settings say, over the given sockets. */
  Nameservers(DnsSettings settings, DnsIo io) {
    this.servers =
        settings.nameservers().stream()
            .map(
                address ->
                    new Nameserver(
                        address, settings.trusted() || address.getAddress().isLoopbackAddress()))
            .toList();
    this.timeout = settings.timeout();
    this.rounds = settings.rounds();
    this.io = io;
  }

  CompletionStage<Meaning> ask(Question question) {
    if (servers.isEmpty()) {
      return CompletableFuture.failedFuture(
          new DnsException(
              Reason.UNAVAILABLE, "no nameserver is configured or known to the system", null));
    }
    return ask(question, 0, null);
  }

  private CompletionStage<Meaning> ask(
      Question question, int attempt, @Nullable DnsException failure) {
    if (failure != null && (attempt == servers.size() * rounds || isFinal(failure))) {
      return CompletableFuture.failedFuture(failure);
    }
    Nameserver server = servers.get(attempt % servers.size());
    return exchange(question, server)
        .exceptionallyCompose(
            thrown -> ask(question, attempt + 1, failure(question, server, thrown)));
  }

  private static boolean isFinal(DnsException failure) {
    return failure.reason() == Reason.UNAVAILABLE;
  }

  private CompletableFuture<Meaning> exchange(Question question, Nameserver server) {
    Query query = new Query(question);
    return io.datagram(server.address, query.wire(), query::isAnsweredBy, timeout)
        .thenApply(Nameservers::parse)
        .thenCompose(response -> whole(query, server, response))
        .thenApply(response -> meaning(question, response, server));
  }

  private CompletableFuture<Message> whole(Query query, Nameserver server, Message response) {
    if (!response.getHeader().getFlag(Flags.TC)) {
      return CompletableFuture.completedFuture(response);
    }
    return io.stream(server.address, query.wire(), timeout)
        .thenApply(
            bytes -> {
              if (!query.isAnsweredBy(bytes)) {
                throw new DnsException(
                    Reason.BAD_ANSWER, "the answer over TCP is to another question", null);
              }
              return parse(bytes);
            });
  }

  private static Message parse(byte[] bytes) {
    try {
      return new Message(bytes);
    } catch (IOException | IllegalArgumentException e) {
      throw new DnsException(Reason.BAD_ANSWER, "the answer cannot be read: " + e.getMessage(), e);
    }
  }

  private static Meaning meaning(Question question, Message response, Nameserver server) {
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
    String where = question.text() + " " + question.typeText() + " at " + server + ": ";
    if (cause instanceof DnsException known) {
      return new DnsException(known.reason(), where + known.getMessage(), known);
    }
    return new DnsException(reason(cause), where + text(cause), cause);
  }

  /** What the JDK throws says nothing when nobody listens there. */
  private static String text(Throwable cause) {
    if (cause instanceof PortUnreachableException) {
      return "connection refused: no nameserver there";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static Reason reason(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return Reason.TIMED_OUT;
    }
    return cause instanceof DnsIo.StoppedException ? Reason.UNAVAILABLE : Reason.SERVER_FAILURE;
  }

  @Override
  public String toString() {
    return String.join(", ", servers.stream().map(Nameserver::toString).toList());
  }
}
