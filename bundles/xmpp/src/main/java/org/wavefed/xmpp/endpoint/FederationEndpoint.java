// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.xmpp.stanza.ParsedStanza;
import org.wavefed.xmpp.stanza.Payload;
import org.wavefed.xmpp.stanza.Stanza;
import org.wavefed.xmpp.stanza.StanzaCodec;
import org.wavefed.xmpp.xml.Element;

/**
 * One wave service of ours as its peers see it. The outgoing calls are those of {@link
 * org.wavefed.transport.FederationTransport}, for the domain that the endpoint speaks for, with the
 * same contract. Thread-safe; nothing blocks.
 */
public final class FederationEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(FederationEndpoint.class);

  private final Timers timers;
  private final Calls calls;
  private final PeerAddresses addresses;
  private final Incoming incoming;

  /**
   * An endpoint that is ready at once.
   *
   * @param open the calls that wait for an answer, shared with the other endpoints of this server
   * @param handler who answers peers; may be absent for a while, then peers are told to come again
   */
  public FederationEndpoint(
      EndpointSettings settings,
      OpenCalls open,
      StanzaLink link,
      Timers timers,
      Supplier<Optional<FederationHandler>> handler) {
    this.timers = timers;
    this.calls = new Calls(settings, open, link, timers);
    this.addresses = new PeerAddresses(timers, new Discovery(settings, calls)::run);
    this.incoming = new Incoming(settings, link, timers, addresses, handler);
  }

  /** A stanza came. Whatever is wrong with it concerns nobody but its sender. */
  public void received(Element element) {
    try {
      read(element);
    } catch (RuntimeException e) {
      LOG.error("A stanza from {} is lost", element.attribute("from").orElse("?"), e);
    }
  }

  private void read(Element element) {
    ParsedStanza parsed = StanzaCodec.read(element);
    if (parsed instanceof ParsedStanza.Accepted accepted) {
      accepted(accepted.stanza());
    } else if (parsed instanceof ParsedStanza.Refused refused) {
      refused(element, refused);
    }
  }

  /** A stanza came that broke a limit, of which this is left. */
  public void refused(Element envelope, String fault) {
    if (StanzaCodec.refuse(envelope, FailureReason.RESOURCE_CONSTRAINT, fault)
        instanceof ParsedStanza.Refused refused) {
      refused(envelope, refused);
    }
  }

  /**
   * Before the stream is ended on purpose: calls of peers are refused from now on, so that they
   * know at once, and what is under way comes to its end.
   *
   * @return completes when peers' calls in hand are answered, and our requests; who waits sets a
   *     limit
   */
  public CompletableFuture<Void> finish() {
    return CompletableFuture.allOf(incoming.finish(), calls.settled());
  }

  /** The stream is gone, and with it the answers that were still to come. */
  public void disconnected(String why) {
    calls.failAll(
        new FederationException(
            FailureReason.NOT_CONNECTED, "the connection was lost before an answer came: " + why));
  }

  private void accepted(Stanza stanza) {
    Optional<Jid> from = stanza.header().from();
    if (from.isEmpty()) {
      return;
    }
    Payload payload = stanza.payload();
    if (payload instanceof Payload.Failure) {
      calls.answered(stanza.header(), payload);
    } else if (payload instanceof Payload.Answer || payload instanceof Payload.Receipt) {
      addresses.heardFrom(from.get());
      calls.answered(stanza.header(), payload);
    } else {
      addresses.heardFrom(from.get());
      incoming.take(stanza, from.get());
    }
  }

  private void refused(Element element, ParsedStanza.Refused refused) {
    refused
        .header()
        .filter(header -> !header.isRequest())
        .ifPresent(header -> calls.misanswered(header, refused.text()));
    incoming.warn(
        "A stanza from {} is refused: {}", element.attribute("from").orElse("?"), refused.text());
    refused.answer().ifPresent(incoming::send);
  }

  /** Finds the wave service of a domain. */
  public CompletableFuture<String> discover(String domain, Duration timeout) {
    return addresses.find(domain, timeout).thenApply(Jid::toString);
  }

  /** Wave ping. */
  public CompletableFuture<Void> ping(String domain, Duration timeout) {
    return message(domain, new Payload.WavePing(true), timeout);
  }

  /** News of a wavelet of ours. */
  public CompletableFuture<Void> update(String domain, WaveletUpdate update, Duration timeout) {
    return message(domain, new Payload.Update(List.of(update), true), timeout);
  }

  /** A delta for a wavelet of theirs. */
  public CompletableFuture<SubmitResult> submit(
      String domain, WaveletName wavelet, Bytes signedDelta, Duration timeout) {
    Payload.Submit submit = new Payload.Submit(wavelet, signedDelta);
    return iq(domain, "set", submit, Payload.SubmitResult.class, timeout)
        .thenApply(Payload.SubmitResult::result);
  }

  /** History of a wavelet of theirs. */
  public CompletableFuture<History> history(
      String domain, HistoryRequest request, Duration timeout) {
    Payload.HistoryRequest asked = new Payload.HistoryRequest(request);
    return iq(domain, "get", asked, Payload.History.class, timeout)
        .thenApply(Payload.History::history);
  }

  /** The signer of a delta of a wavelet of theirs. */
  public CompletableFuture<SignerInfo> signer(
      String domain, SignerRequest request, Duration timeout) {
    Payload.SignerRequest asked = new Payload.SignerRequest(request);
    return iq(domain, "get", asked, Payload.Signer.class, timeout)
        .thenApply(Payload.Signer::signer);
  }

  /** Makes a signer known. */
  public CompletableFuture<Void> postSigner(String domain, SignerInfo signer, Duration timeout) {
    return iq(domain, "set", new Payload.PostSigner(signer), Payload.SignerPosted.class, timeout)
        .thenApply(done -> null);
  }

  private CompletableFuture<Void> message(String domain, Payload payload, Duration timeout) {
    return call(domain, timeout, (address, left) -> calls.message(address, payload, left))
        .thenApply(answer -> expect(Payload.Receipt.class, domain, answer))
        .thenApply(receipt -> null);
  }

  private <A extends Payload> CompletableFuture<A> iq(
      String domain, String type, Payload payload, Class<A> answerType, Duration timeout) {
    return call(domain, timeout, (address, left) -> calls.iq(type, address, payload, left))
        .thenApply(answer -> expect(answerType, domain, answer));
  }

  private interface Call {
    CompletableFuture<Payload> to(Jid address, Duration timeout);
  }

  private CompletableFuture<Payload> call(String domain, Duration timeout, Call call) {
    long end = timers.now() + timeout.toNanos();
    return addresses
        .find(domain, timeout)
        .thenCompose(
            address ->
                call.to(address, Duration.ofNanos(Math.max(1, end - timers.now())))
                    .thenApply(answer -> checked(domain, address, answer)));
  }

  private Payload checked(String domain, Jid address, Payload answer) {
    if (!(answer instanceof Payload.Failure failure)) {
      return answer;
    }
    FederationException exception = Failures.of(address, failure);
    switch (exception.reason()) {
      case NO_SUCH_DOMAIN, REFUSED, NO_WAVE_SERVICE -> addresses.forget(domain);
      default -> {
        // The address is right, it is the call that failed.
      }
    }
    throw exception;
  }

  private static <A extends Payload> A expect(Class<A> type, String domain, Payload answer) {
    if (type.isInstance(answer)) {
      return type.cast(answer);
    }
    throw new FederationException(
        FailureReason.UNDEFINED_CONDITION,
        "the wave service of " + domain + " answered something else than it was asked");
  }
}
