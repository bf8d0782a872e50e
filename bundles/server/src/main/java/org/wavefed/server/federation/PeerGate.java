// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.federation;

import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.protocol.MalformedMessageException;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.protocol.WaveletDeltaCodec;
import org.wavefed.server.Domains;
import org.wavefed.server.Limits;
import org.wavefed.server.Refusals;
import org.wavefed.server.Services;
import org.wavefed.server.host.HostedWavelets;
import org.wavefed.server.host.Signing;
import org.wavefed.server.peer.PeerBook;
import org.wavefed.server.peer.Signatures;
import org.wavefed.server.remote.RemoteWavelets;
import org.wavefed.server.wavelet.OpenWavelet;
import org.wavefed.server.wavelet.TrackedCopy;
import org.wavefed.server.wavelet.Wavelets;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Peer;
import org.wavefed.transport.Route;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;

/**
 * {@link FederationHandler} on one store: decides who may say and ask what ({@code
 * docs/protocol.md}), then lets the others do it. A peer may speak only for itself: the host of a
 * wavelet for its updates, the author's domain for its submits, a signer's domain for the signer;
 * history and signers go only to domains that have, or had, a participant. Thread-safe.
 */
public final class PeerGate implements FederationHandler {
  private final Supplier<Domains> domains;
  private final Supplier<Limits> limits;
  private final Wavelets wavelets;
  private final HostedWavelets hosted;
  private final RemoteWavelets remote;
  private final Signatures signatures;
  private final PeerBook book;
  private final Entitlement entitlement;
  private final Answers answers;
  private final Consumer<String> connected;
  private final BiConsumer<String, WaveletName> written;
  private final InHand inHand;

  /**
   * @param connected is told when a domain of ours can be reached
   * @param written is told when a member's domain submits to a wavelet of ours
   */
  public PeerGate(
      Supplier<Domains> domains,
      Supplier<Limits> limits,
      Services services,
      Wavelets wavelets,
      HostedWavelets hosted,
      RemoteWavelets remote,
      Signing signing,
      Signatures signatures,
      PeerBook book,
      Consumer<String> connected,
      BiConsumer<String, WaveletName> written) {
    this.domains = domains;
    this.inHand = new InHand(() -> limits.get().callsInHand());
    this.limits = limits;
    this.wavelets = wavelets;
    this.hosted = hosted;
    this.remote = remote;
    this.signatures = signatures;
    this.book = book;
    this.connected = connected;
    this.written = written;
    this.entitlement = new Entitlement(book, domain -> domains.get().isLocal(domain));
    this.answers = new Answers(wavelets, services, limits, signing.used());
  }

  @Override
  public CompletionStage<Void> update(Peer peer, WaveletUpdate update) {
    return inHand.work(
        peer,
        () -> {
          String host = update.wavelet().host();
          if (isLocal(host)) {
            throw refuse(
                FailureReason.NOT_AUTHORIZED, update.wavelet() + " is hosted here, not by you");
          }
          return requireSpeaker(peer, host, "wavelets of ")
              .thenCompose(speaks -> remote.update(peer.localDomain(), update));
        });
  }

  /** Takes what a host told when it was asked, not when it called. */
  public CompletionStage<Void> told(Route toHost, WaveletUpdate update) {
    return remote.update(toHost.localDomain(), update);
  }

  @Override
  public CompletionStage<SubmitResult> submit(Peer peer, WaveletName wavelet, Bytes signedDelta) {
    return inHand.work(
        peer,
        () -> {
          requireHosted(wavelet);
          requireSize(signedDelta);
          SignedDelta signed = parse(signedDelta);
          WaveletDelta delta = parse(signed);
          String domain = delta.author().domain();
          if (delta.target().version() == 0) {
            throw refuse(FailureReason.BAD_REQUEST, "Remote users may not create wavelets.");
          }
          return requireSpeaker(peer, domain, "users of ")
              .thenCompose(speaks -> requireMember(wavelet, domain))
              .thenCompose(
                  member -> {
                    written.accept(domain, wavelet);
                    return signatures.verifySubmitted(domain, signed, delta);
                  })
              .thenCompose(verified -> hosted.submit(wavelet, signed, delta))
              .thenApply(PeerGate::result);
        });
  }

  private static SubmitResult result(LoggedDelta delta) {
    return new SubmitResult(delta.operations().size(), delta.resulting(), delta.timestampMillis());
  }

  private void requireSize(Bytes signedDelta) {
    int most = limits.get().deltaBytes();
    if (signedDelta.size() > most) {
      throw refuse(
          FailureReason.RESOURCE_CONSTRAINT,
          "the delta has " + signedDelta.size() + " bytes; the most we take is " + most);
    }
  }

  private static SignedDelta parse(Bytes signedDelta) {
    try {
      return SignedDelta.parse(signedDelta);
    } catch (MalformedMessageException e) {
      throw new FederationException(FailureReason.BAD_REQUEST, e.getMessage(), e);
    }
  }

  private static WaveletDelta parse(SignedDelta signed) {
    try {
      return WaveletDeltaCodec.parse(signed.delta());
    } catch (MalformedMessageException e) {
      throw new FederationException(FailureReason.BAD_REQUEST, e.getMessage(), e);
    }
  }

  /** To strangers, a wavelet that they may not see looks like one that is not there. */
  private CompletionStage<TrackedCopy> requireMember(WaveletName wavelet, String domain) {
    return find(wavelet)
        .thenApply(
            now -> {
              if (now.membership().until(domain) == 0) {
                throw noSuchWavelet(wavelet);
              }
              return now;
            });
  }

  @Override
  public CompletionStage<History> history(Peer peer, HistoryRequest request) {
    return inHand.work(
        peer,
        () -> {
          requireHosted(request.wavelet());
          return find(request.wavelet())
              .thenCompose(
                  now ->
                      entitlement(peer, request.wavelet(), now)
                          .thenCompose(until -> answers.history(request, now, until)));
        });
  }

  @Override
  public CompletionStage<SignerInfo> signer(Peer peer, SignerRequest request) {
    return inHand.work(
        peer,
        () -> {
          requireHosted(request.wavelet());
          return find(request.wavelet())
              .thenCompose(now -> entitlement(peer, request.wavelet(), now))
              .thenCompose(until -> answers.signer(request, until));
        });
  }

  private CompletionStage<Long> entitlement(Peer peer, WaveletName wavelet, TrackedCopy now) {
    return entitlement
        .until(peer, now.membership())
        .thenApply(
            until -> {
              if (until == 0) {
                throw noSuchWavelet(wavelet);
              }
              return until;
            });
  }

  @Override
  public CompletionStage<Void> postSigner(Peer peer, SignerInfo signer) {
    return inHand.work(
        peer,
        () ->
            requireSpeaker(peer, signer.domain(), "signers of ")
                .thenCompose(speaks -> signatures.post(signer))
                .thenAccept(id -> {}));
  }

  @Override
  public void pinged(Peer peer) {
    book.domainOf(peer.address()).ifPresent(book::heard);
    book.known().stream()
        .filter(domain -> isAddressOf(peer.address(), domain))
        .forEach(book::heard);
  }

  /** A guess that is good enough for trying again; nothing else hangs on it. */
  private static boolean isAddressOf(String address, String domain) {
    return address.equals(domain) || address.endsWith("." + domain);
  }

  @Override
  public void connected(String localDomain) {
    connected.accept(localDomain);
  }

  // ---- common checks

  private boolean isLocal(String domain) {
    return domains.get().isLocal(domain);
  }

  private void requireHosted(WaveletName wavelet) {
    if (!isLocal(wavelet.host())) {
      throw refuse(
          FailureReason.ITEM_NOT_FOUND, "this server does not host wavelets of " + wavelet.host());
    }
  }

  private CompletionStage<TrackedCopy> find(WaveletName wavelet) {
    return wavelets
        .find(wavelet)
        .thenApply(
            found -> found.map(OpenWavelet::durable).orElseThrow(() -> noSuchWavelet(wavelet)));
  }

  private static FederationException noSuchWavelet(WaveletName wavelet) {
    return refuse(
        FailureReason.ITEM_NOT_FOUND,
        "there is no wavelet " + wavelet + ", or your domain is not in it");
  }

  private CompletionStage<Void> requireSpeaker(Peer peer, String domain, String what) {
    if (domain.isEmpty() || isLocal(domain)) {
      throw mayNotSpeak(peer, domain, what);
    }
    return peer.speaksFor(domain)
        .thenAccept(
            speaks -> {
              if (!speaks) {
                throw mayNotSpeak(peer, domain, what);
              }
              book.speaks(peer, domain);
            });
  }

  private static FederationException mayNotSpeak(Peer peer, String domain, String what) {
    return refuse(
        FailureReason.NOT_AUTHORIZED,
        peer.address() + " may not speak for " + what + (domain.isEmpty() ? "no domain" : domain));
  }

  private static FederationException refuse(FailureReason reason, String message) {
    return Refusals.refuse(reason, message);
  }
}
