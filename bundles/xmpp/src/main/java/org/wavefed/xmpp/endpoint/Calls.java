// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.stanza.Payload;
import org.wavefed.xmpp.stanza.Stanza;
import org.wavefed.xmpp.stanza.StanzaHeader;
import org.wavefed.xmpp.stanza.StanzaHeader.Kind;

/**
 * The calls of one endpoint that wait for an answer. An answer is one that comes from where the
 * call went, to where it came from, with its id: iq for iq, receipt or error for a message. The
 * endpoint that gets it need not be the one that asked. Thread-safe.
 */
final class Calls {
  /**
   * When a question that nobody has answered is asked again; then at twice that time, and so on.
   */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final Jid address;
  private final StanzaLink link;
  private final Timers timers;
  private final CallRoom room;
  private final OpenCalls open;

  /**
   * @param open those of all endpoints, so that any of them may get the answer
   */
  Calls(EndpointSettings settings, OpenCalls open, StanzaLink link, Timers timers) {
    this.address = settings.address();
    this.open = open;
    this.link = link;
    this.timers = timers;
    this.room = new CallRoom(settings.callsInFlight());
  }

  /** An iq; the answer may be a {@link Payload.Failure}. */
  CompletableFuture<Payload> iq(String type, Jid to, Payload payload, Duration timeout) {
    return call(stanza(Kind.IQ, type, to, payload), timeout, CallRoom.For.PEER);
  }

  /** A message that asks for a receipt; the answer may be a {@link Payload.Failure}. */
  CompletableFuture<Payload> message(Jid to, Payload payload, Duration timeout) {
    return call(stanza(Kind.MESSAGE, "normal", to, payload), timeout, CallRoom.For.PEER);
  }

  /**
   * A question on the way to a wave service; the answer may be a {@link Payload.Failure}. Servers
   * drop answers that they cannot bring, and many calls wait for this one: so it is asked again
   * when no answer comes, under the same id, since any of the answers will do.
   */
  CompletableFuture<Payload> query(
      Jid to, Payload.Request query, Duration timeout, CallRoom.For whom) {
    Stanza question = stanza(Kind.IQ, "get", to, query);
    CompletableFuture<Payload> answer = call(question, timeout, whom);
    for (Duration wait = AGAIN; wait.compareTo(timeout) < 0; wait = wait.multipliedBy(2)) {
      askAgain(question, answer, wait);
    }
    return answer;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Who asked has it.
  private void askAgain(Stanza question, CompletableFuture<Payload> answer, Duration wait) {
    if (!answer.isDone()) {
      Timers.Timer timer = timers.schedule(wait, () -> send(question, answer));
      answer.whenComplete((done, failure) -> timer.cancel());
    }
  }

  private Stanza stanza(Kind kind, String type, Jid to, Payload payload) {
    return new Stanza(StanzaHeader.of(kind, type, open.newId(), address, to), payload);
  }

  private CompletableFuture<Payload> call(Stanza stanza, Duration timeout, CallRoom.For whom) {
    StanzaHeader header = stanza.header();
    Jid to = header.to().orElseThrow();
    String peer = to.toString();
    if (!room.take(peer, whom)) {
      return CompletableFuture.failedFuture(full(peer, whom));
    }
    OpenCalls.Key key = key(header.id().orElseThrow(), to);
    CompletableFuture<Payload> answer = new CompletableFuture<>();
    open.put(key, new OpenCalls.Open(this, header.kind(), answer));
    Timers.Timer timer = timers.schedule(timeout, () -> timeOut(answer, to, timeout));
    // Registered first, so that the room is free again before anybody else hears of the answer.
    CompletableFuture<Payload> result =
        answer.whenComplete(
            (done, failure) -> {
              timer.cancel();
              open.remove(key);
              room.release(peer, whom);
            });
    send(stanza, answer);
    return result;
  }

  private FederationException full(String peer, CallRoom.For whom) {
    return new FederationException(
        FailureReason.OVERLOADED,
        whom == CallRoom.For.PEER
            ? "too many calls from " + address + " to " + peer + " wait for an answer"
            : "too many wave services are being looked for, " + peer + " has to wait");
  }

  private void send(Stanza stanza, CompletableFuture<Payload> answer) {
    try {
      link.send(stanza);
    } catch (FederationException e) {
      answer.completeExceptionally(e);
    }
  }

  private static void timeOut(CompletableFuture<Payload> answer, Jid to, Duration timeout) {
    answer.completeExceptionally(
        new FederationException(
            FailureReason.TIMED_OUT, to + " did not answer within " + timeout.toMillis() + " ms"));
  }

  /** Takes an answer; what answers nothing is dropped. */
  void answered(StanzaHeader header, Payload payload) {
    OpenCalls.Open call = take(header);
    if (call != null) {
      call.answer().complete(payload);
    }
  }

  /** Takes an answer that cannot be understood. */
  void misanswered(StanzaHeader header, String fault) {
    OpenCalls.Open call = take(header);
    if (call != null) {
      call.answer()
          .completeExceptionally(
              new FederationException(
                  FailureReason.UNDEFINED_CONDITION,
                  "the answer of "
                      + header.from().map(Object::toString).orElse("nobody")
                      + " cannot be understood: "
                      + fault));
    }
  }

  private OpenCalls.Key key(String id, Jid peer) {
    return new OpenCalls.Key(id, address.toString(), peer.toString());
  }

  private OpenCalls.@Nullable Open take(StanzaHeader header) {
    if (header.id().isEmpty() || header.from().isEmpty()) {
      return null;
    }
    OpenCalls.Open call = open.get(key(header.id().get(), header.from().get()));
    return call == null || call.kind() != header.kind() ? null : call;
  }

  /**
   * Completes when all of ours that are open now are answered or have failed, except messages: what
   * a message tells is told again.
   */
  CompletableFuture<Void> settled() {
    return CompletableFuture.allOf(
        open.of(this).stream()
            .filter(call -> call.kind() == Kind.IQ)
            .map(call -> call.answer().handle((done, failure) -> null))
            .toArray(CompletableFuture[]::new));
  }

  /** None of ours will be answered any more. */
  void failAll(FederationException failure) {
    open.of(this).forEach(call -> call.answer().completeExceptionally(failure));
  }
}
