// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jxmpp.jid.Jid;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.stanza.DomainAddress;
import org.wavefed.xmpp.stanza.Namespaces;
import org.wavefed.xmpp.stanza.Payload;

/**
 * Finds the wave service of a domain ({@code docs/protocol.md}, Discovery): the first to say so of
 * the items of the domain, or the domain itself if there are none, and {@code wave.<domain>}.
 * Answers are not kept here but in {@link PeerAddresses}.
 */
final class Discovery {
  private static final int CANDIDATES = 16;

  /** How many calls of one discovery wait at a time: the items, and the usual address. */
  static final int CALLS_MAX = CANDIDATES + 1;

  private final EndpointSettings settings;
  private final Calls calls;

  Discovery(EndpointSettings settings, Calls calls) {
    this.settings = settings;
    this.calls = calls;
  }

  CompletableFuture<Jid> run(String domain, CallRoom.For whom) {
    Jid server;
    Jid usual;
    try {
      server = DomainAddress.of(domain);
      usual = DomainAddress.of("wave." + domain);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          new FederationException(FailureReason.NO_SUCH_DOMAIN, String.valueOf(e.getMessage()), e));
    }
    return calls
        .query(server, new Payload.ItemsQuery(Optional.empty()), settings.discovery(), whom)
        .handle((answer, failure) -> failure == null ? answer : Failures.of(failure))
        .thenCompose(items -> ask(domain, items, candidates(server, usual, items), whom));
  }

  private static Collection<Jid> candidates(Jid server, Jid usual, Object items) {
    Set<Jid> candidates = new LinkedHashSet<>();
    if (items instanceof Payload.Items answer) {
      answer.items().getItems().stream()
          .map(DiscoverItems.Item::getEntityID)
          .limit(CANDIDATES)
          .forEach(candidates::add);
    }
    if (candidates.isEmpty()) {
      candidates.add(server);
    }
    candidates.add(usual);
    return candidates;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What it completes is the result.
  private CompletableFuture<Jid> ask(
      String domain, Object items, Collection<Jid> candidates, CallRoom.For whom) {
    if (items instanceof FederationException failure && Failures.isOurs(failure)) {
      return CompletableFuture.failedFuture(failure);
    }
    CompletableFuture<Jid> found = new CompletableFuture<>();
    List<CompletableFuture<FederationException>> failures = new ArrayList<>();
    for (Jid candidate : candidates) {
      failures.add(ask(candidate, found, whom));
    }
    CompletableFuture.allOf(failures.toArray(new CompletableFuture<?>[0]))
        .thenRun(
            () ->
                found.completeExceptionally(
                    verdict(
                        domain, items, failures.stream().map(CompletableFuture::join).toList())));
    return found;
  }

  /** Asks one candidate; the answer is its failure, which means nothing once one was found. */
  private CompletableFuture<FederationException> ask(
      Jid candidate, CompletableFuture<Jid> found, CallRoom.For whom) {
    return calls
        .query(candidate, new Payload.InfoQuery(Optional.empty()), settings.discovery(), whom)
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                return Failures.of(failure);
              } else if (answer instanceof Payload.Info info
                  && info.info().containsFeature(Namespaces.WAVE)) {
                found.complete(candidate);
              }
              return answer instanceof Payload.Failure refusal
                  ? Failures.of(candidate, refusal)
                  : new FederationException(
                      FailureReason.NO_WAVE_SERVICE, candidate + " is no wave service");
            });
  }

  private static FederationException verdict(
      String domain, Object items, List<FederationException> failures) {
    Optional<FederationException> ours = failures.stream().filter(Failures::isOurs).findFirst();
    if (ours.isPresent()) {
      return ours.get();
    }
    FederationException last = failures.get(failures.size() - 1);
    if (isUnreachable(items) && failures.stream().allMatch(f -> isUnreachable(f.reason()))) {
      return new FederationException(last.reason(), domain + " cannot be reached: " + text(last));
    }
    return failures.stream()
        .filter(
            failure ->
                failure.reason() == FailureReason.REMOTE_SERVER_TIMEOUT
                    || failure.reason() == FailureReason.TIMED_OUT)
        .findFirst()
        .map(
            failure ->
                new FederationException(
                    failure.reason(),
                    "the wave service of " + domain + " is not there: " + text(failure)))
        .orElseGet(
            () ->
                new FederationException(
                    FailureReason.NO_WAVE_SERVICE, domain + " has no wave service: " + text(last)));
  }

  private static boolean isUnreachable(Object items) {
    if (items instanceof Payload.Failure refusal) {
      return refusal.condition().startsWith("remote-server-");
    }
    return items instanceof FederationException;
  }

  private static boolean isUnreachable(FailureReason reason) {
    return switch (reason) {
      case NO_SUCH_DOMAIN, REFUSED, TIMED_OUT, REMOTE_SERVER_TIMEOUT -> true;
      default -> false;
    };
  }

  private static String text(FederationException failure) {
    return String.valueOf(failure.getMessage());
  }
}
