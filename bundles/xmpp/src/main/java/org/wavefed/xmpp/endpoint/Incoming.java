// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.Peer;
import org.wavefed.xmpp.stanza.Payload;
import org.wavefed.xmpp.stanza.Stanza;

/**
 * Answers the calls of peers: discovery and pings by itself, the rest by the federation handler. A
 * receipt leaves only when the handler is done with all of a message.
 */
final class Incoming {
  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

  private final EndpointSettings settings;
  private final StanzaLink link;
  private final PeerAddresses addresses;
  private final Supplier<Optional<FederationHandler>> handler;
  private final InHand inHand;
  private final WarningGate warnings;
  private final SelfDescription self;
  private volatile boolean finishing;

  Incoming(
      EndpointSettings settings,
      StanzaLink link,
      Timers timers,
      PeerAddresses addresses,
      Supplier<Optional<FederationHandler>> handler) {
    this.settings = settings;
    this.link = link;
    this.addresses = addresses;
    this.handler = handler;
    this.inHand = new InHand(settings.inHand(), settings.inHandPerPeer());
    this.warnings = new WarningGate(timers);
    this.self = new SelfDescription(settings.identityType());
  }

  /** Takes a request or a message from that address. */
  void take(Stanza stanza, Jid from) {
    if (!stanza.header().to().filter(settings.address()::equals).isPresent()) {
      send(stanza.failure(FailureReason.REFUSED, "there is nobody but " + settings.address()));
    } else if (stanza.payload() instanceof Payload.Ping) {
      send(stanza.result(new Payload.Empty()));
    } else if (stanza.payload() instanceof Payload.InfoQuery query) {
      send(query.node().isPresent() ? noSuchNode(stanza) : stanza.result(self.info()));
    } else if (stanza.payload() instanceof Payload.ItemsQuery query) {
      send(query.node().isPresent() ? noSuchNode(stanza) : stanza.result(self.items()));
    } else if (!from.isDomainBareJid()) {
      send(stanza.failure(FailureReason.NOT_AUTHORIZED, from + " is no wave service"));
    } else {
      takeFromPeer(stanza, from.toString());
    }
  }

  private static Stanza noSuchNode(Stanza stanza) {
    return stanza.failure(FailureReason.ITEM_NOT_FOUND, "there are no nodes here");
  }

  private void takeFromPeer(Stanza stanza, String from) {
    Peer peer =
        new EndpointPeer(
            settings.transport(), from, settings.localDomain(), addresses, settings.discovery());
    if (stanza.payload() instanceof Payload.WavePing ping) {
      if (ping.receiptWanted()) {
        send(stanza.receipt());
      }
      handler.get().ifPresent(present -> present.pinged(peer));
    } else if (!inHand.take(from)) {
      missed(stanza, peer);
      failed(
          stanza,
          peer,
          new FederationException(
              FailureReason.OVERLOADED, "too many calls at once, try again later"));
    } else {
      answer(stanza, peer);
    }
  }

  private void missed(Stanza stanza, Peer peer) {
    if (stanza.payload() instanceof Payload.Update update) {
      handler.get().ifPresent(it -> update.updates().forEach(one -> it.missed(peer, one)));
    }
  }

  private void answer(Stanza stanza, Peer peer) {
    outcome(stanza, peer)
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                answer.ifPresent(this::send);
              } else {
                failed(stanza, peer, Failures.of(failure));
              }
              inHand.release(peer.address());
            });
  }

  /** Refuses new calls; completes when those in hand are answered. */
  CompletableFuture<Void> finish() {
    finishing = true;
    return inHand.finish();
  }

  /** What to send when the handler is done. */
  private CompletionStage<Optional<Stanza>> outcome(Stanza stanza, Peer peer) {
    Optional<FederationHandler> present = handler.get();
    if (present.isEmpty() || finishing) {
      return CompletableFuture.failedFuture(
          new FederationException(
              FailureReason.UNEXPECTED_REQUEST, "the wave server is starting or stopping"));
    }
    try {
      return stanza.payload() instanceof Payload.Update update
          ? update(stanza, update, peer, present.get())
          : call(stanza.payload(), peer, present.get())
              .thenApply(answer -> Optional.of(stanza.result(answer)));
    } catch (RuntimeException e) {
      // Whatever a handler throws concerns this call alone, and its sender is owed an answer.
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletionStage<Optional<Stanza>> update(
      Stanza stanza, Payload.Update update, Peer peer, FederationHandler handler) {
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    for (var one : update.updates()) {
      done = done.thenCompose(before -> handler.update(peer, one));
    }
    return done.thenApply(
        all -> update.receiptWanted() ? Optional.of(stanza.receipt()) : Optional.empty());
  }

  private static CompletionStage<? extends Payload.Answer> call(
      Payload request, Peer peer, FederationHandler handler) {
    if (request instanceof Payload.Submit submit) {
      return handler
          .submit(peer, submit.wavelet(), submit.signedDelta())
          .thenApply(Payload.SubmitResult::new);
    } else if (request instanceof Payload.HistoryRequest asked) {
      return handler.history(peer, asked.request()).thenApply(Payload.History::new);
    } else if (request instanceof Payload.SignerRequest asked) {
      return handler.signer(peer, asked.request()).thenApply(Payload.Signer::new);
    } else if (request instanceof Payload.PostSigner post) {
      return handler.postSigner(peer, post.signer()).thenApply(done -> new Payload.SignerPosted());
    }
    throw new FederationException(FailureReason.BAD_REQUEST, "this is no request");
  }

  /** Messages fail in silence, so that the host tries again, unless that cannot help. */
  private void failed(Stanza stanza, Peer peer, FederationException failure) {
    boolean update = stanza.payload() instanceof Payload.Update;
    if (failure.getCause() != null && failure.reason() == FailureReason.INTERNAL_SERVER_ERROR) {
      failedInside(peer, failure.getCause());
    } else if (update) {
      warn("An update from {} is not acknowledged: {}", peer.address(), failure.getMessage());
    }
    if (!update || (!failure.reason().isTemporary() && wantsReceipt(stanza))) {
      send(stanza.failure(failure.reason(), String.valueOf(failure.getMessage())));
    }
  }

  private void failedInside(Peer peer, Throwable cause) {
    if (warnings.pass() >= 0) {
      LOG.error("A call from {} failed", peer.address(), cause);
    }
  }

  private static boolean wantsReceipt(Stanza stanza) {
    return stanza.payload() instanceof Payload.Update update && update.receiptWanted();
  }

  /** Warns of something that a peer does, at a bounded rate. */
  void warn(String format, String who, @Nullable String what) {
    long held = warnings.pass();
    if (held >= 0) {
      LOG.warn(format + (held > 0 ? " (and {} more like it)" : ""), who, what, held);
    } else {
      LOG.debug(format, who, what);
    }
  }

  /** Sends an answer, which nobody waits for on our side. */
  void send(Stanza answer) {
    try {
      link.send(answer);
    } catch (FederationException e) {
      LOG.debug("An answer is lost: {}", e.getMessage());
      if (e.reason() == FailureReason.RESOURCE_CONSTRAINT) {
        tooLarge(answer, e);
      }
    }
  }

  private void tooLarge(Stanza answer, FederationException failure) {
    if (!(answer.payload() instanceof Payload.Failure)) {
      Stanza asked = new Stanza(answer.header().answer(Optional.of("get")), answer.payload());
      send(asked.failure(failure.reason(), String.valueOf(failure.getMessage())));
    }
  }
}
