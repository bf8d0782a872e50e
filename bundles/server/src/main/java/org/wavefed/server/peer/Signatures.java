// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.peer;

import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.SignerId;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.server.LogBudget;
import org.wavefed.server.Refusals;
import org.wavefed.server.Services;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.transport.Route;
import org.wavefed.transport.SignerRequest;

/** Verifies the signatures of deltas, asking hosts for the signers that it does not know. */
public final class Signatures {
  private static final Logger log = LoggerFactory.getLogger(Signatures.class);
  private static final int REFUSED_MAX = 1_000;

  private final Services services;
  private final PeerCalls calls;
  private final LogBudget budget;
  private final Map<SignerId, CompletionStage<SignerId>> fetching = new ConcurrentHashMap<>();

  /** Why the signer was refused that a domain posted last. */
  private final Map<String, String> refused =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > REFUSED_MAX;
            }
          });

  /** Uses whichever crypto there is. */
  public Signatures(Services services, PeerCalls calls, Clock clock) {
    this.services = services;
    this.calls = calls;
    this.budget =
        new LogBudget(
            clock, 100, 10, more -> log.warn("refused signers and deltas {} more times", more));
  }

  /**
   * Verifies a delta's signatures with the signers that are known.
   *
   * @param delta what {@code signed} says
   * @return exceptionally a {@link CryptoException}, or a WaveException if there is no verifier now
   */
  public CompletionStage<Void> verify(SignedDelta signed, WaveletDelta delta) {
    return services.verifier(
        verifier -> verifier.verify(signed.delta(), domains(delta), signed.signatures()));
  }

  /**
   * The same for a delta that a domain submits. Deployed servers submit even if the signer that
   * they posted was refused, and show their user the answer to the submit alone: it says why.
   */
  public CompletionStage<Void> verifySubmitted(
      String domain, SignedDelta signed, WaveletDelta delta) {
    return Stages.recover(
        verify(signed, delta),
        failure -> {
          if (failure instanceof CryptoException bad) {
            String why = refused.get(domain);
            if (bad.reason() != CryptoException.Reason.UNKNOWN_SIGNER) {
              warn(domain, "a delta", bad);
            } else if (why != null) {
              return CompletableFuture.failedStage(Refusals.unknownSigner(": " + why));
            }
          }
          return CompletableFuture.failedStage(failure);
        });
  }

  private void warn(String domain, String what, CryptoException bad) {
    if (budget.allows(domain)) {
      log.warn("refused {} of {}: {}", what, domain, bad.getMessage());
    }
  }

  /**
   * The same for deltas that a host sent; a signer that is not known is asked of the host, one
   * request for each. The operator hears of what does not verify: nobody else will.
   */
  public CompletionStage<Void> verify(
      Route toHost, WaveletName wavelet, List<AppliedDelta> deltas) {
    return Stages.all(
            deltas.stream()
                .map(it -> verify(toHost, wavelet, it, it.signed().signatures().size()))
                .toList())
        .whenComplete(
            (good, failure) -> {
              if (failure != null
                  && Stages.cause(failure) instanceof CryptoException bad
                  && budget.allows(wavelet.host())) {
                log.warn("refused deltas of {}: {}", wavelet, bad.getMessage());
              }
            });
  }

  private CompletionStage<Void> verify(
      Route toHost, WaveletName wavelet, AppliedDelta applied, int fetches) {
    return Stages.recover(
        verify(applied.signed(), applied.delta()),
        failure ->
            failure instanceof CryptoException unknown
                    && unknown.reason() == CryptoException.Reason.UNKNOWN_SIGNER
                    && unknown.signer().isPresent()
                    && fetches > 0
                ? fetch(toHost, wavelet, applied, unknown.signer().get())
                    .thenCompose(id -> verify(toHost, wavelet, applied, fetches - 1))
                : CompletableFuture.failedStage(failure));
  }

  private CompletionStage<SignerId> fetch(
      Route toHost, WaveletName wavelet, AppliedDelta applied, SignerId signer) {
    CompletableFuture<SignerId> fetched = new CompletableFuture<>();
    CompletionStage<SignerId> running = fetching.putIfAbsent(signer, fetched);
    if (running != null) {
      return running;
    }
    SignerRequest request = new SignerRequest(signer, wavelet, applied.resulting());
    calls
        .call(toHost, (transport, route, timeout) -> transport.signer(route, request, timeout))
        .thenCompose(this::store)
        .thenApply(id -> requireSame(id, signer, toHost))
        .whenComplete(
            (id, failure) -> {
              fetching.remove(signer);
              Stages.complete(fetched, id, failure);
            });
    return fetched;
  }

  private static SignerId requireSame(SignerId stored, SignerId asked, Route host) {
    if (!stored.equals(asked)) {
      throw new CryptoException(
          CryptoException.Reason.BAD_CERTIFICATE,
          host.peerDomain() + " answered with signer " + stored + " when asked for " + asked);
    }
    return stored;
  }

  /** Verifies and keeps a signer that its domain posted. */
  public CompletionStage<SignerId> post(SignerInfo signer) {
    return store(signer)
        .whenComplete(
            (id, failure) -> {
              if (failure == null) {
                refused.remove(signer.domain());
              } else if (Stages.cause(failure) instanceof CryptoException bad) {
                refused.put(signer.domain(), String.valueOf(bad.getMessage()));
                warn(signer.domain(), "the signer", bad);
              }
            });
  }

  private CompletionStage<SignerId> store(SignerInfo signer) {
    return services.signers(store -> store.store(signer));
  }

  /** The distinct domains of the address path and then the author, in order. */
  static List<String> domains(WaveletDelta delta) {
    Set<String> domains = new LinkedHashSet<>();
    delta.addressPath().forEach(address -> domains.add(new ParticipantId(address).domain()));
    domains.add(delta.author().domain());
    return List.copyOf(domains);
  }
}
