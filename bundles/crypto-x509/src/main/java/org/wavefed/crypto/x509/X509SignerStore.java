// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.CryptoException.Reason;
import org.wavefed.crypto.SignerId;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.crypto.SignerStore;
import org.wavefed.model.Bytes;
import org.wavefed.protocol.MalformedMessageException;
import org.wavefed.protocol.SignerInfoCodec;
import org.wavefed.store.DeltaStore;
import org.wavefed.store.StoreException;

/**
 * Keeps signers in the delta store, as serialised ProtocolSignerInfos, and verified ones in memory.
 * While there is no store, signers in memory stay known; every other question fails with {@link
 * StoreException.Reason#UNAVAILABLE}, so that nobody asks peers for what the store may well have.
 */
public final class X509SignerStore implements SignerStore {
  private final PkixVerifier verifier;
  private final Supplier<Optional<DeltaStore>> store;
  private final VerifiedSigners verified = new VerifiedSigners();

  /** Keeps signers in whatever store there is at the time. */
  public X509SignerStore(PkixVerifier verifier, Supplier<Optional<DeltaStore>> store) {
    this.verifier = verifier;
    this.store = store;
  }

  @Override
  public CompletionStage<SignerId> store(SignerInfo info) {
    VerifiedSigner signer;
    try {
      signer = verifier.verifySigner(info);
      verifier.requireFor(signer, info.domain());
    } catch (CryptoException e) {
      return CompletableFuture.failedFuture(e);
    }
    return withStore(s -> persist(s, signer))
        .thenApply(
            done -> {
              verified.put(signer);
              return signer.id();
            });
  }

  @Override
  public CompletionStage<Optional<SignerInfo>> find(SignerId id) {
    Optional<VerifiedSigner> known = verified.find(id);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.map(VerifiedSigner::info));
    }
    return withStore(s -> s.signer(id.hash()))
        .thenApply(found -> found.map(bytes -> parse(id, bytes)));
  }

  /** A signer of ours: known at once, and durable as soon as the store can. */
  CompletionStage<SignerId> storeOwn(VerifiedSigner signer) {
    verified.put(signer);
    return withStore(s -> persist(s, signer)).thenApply(done -> signer.id());
  }

  /** The signer if it is in memory. */
  Optional<VerifiedSigner> verified(SignerId id) {
    return verified.find(id);
  }

  /**
   * The signer from the store, its path verified now; fails with {@link Reason#UNKNOWN_SIGNER} if
   * it was never stored.
   */
  CompletionStage<VerifiedSigner> load(SignerId id) {
    return find(id).thenApply(found -> verify(id, found));
  }

  private VerifiedSigner verify(SignerId id, Optional<SignerInfo> found) {
    SignerInfo info =
        found.orElseThrow(
            () ->
                new CryptoException(
                    Reason.UNKNOWN_SIGNER, "signer " + id + " is not known here", id, null));
    VerifiedSigner signer = verifier.verifySigner(info);
    if (!signer.id().equals(id)) {
      throw new CryptoException(
          Reason.BAD_CERTIFICATE, "the chain stored for signer " + id + " is another's", id, null);
    }
    verified.put(signer);
    return signer;
  }

  private static CompletionStage<Void> persist(DeltaStore store, VerifiedSigner signer) {
    Bytes id = signer.id().hash();
    return store
        .signer(id)
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedFuture(null)
                    : store.putSigner(id, SignerInfoCodec.toBytes(signer.info())));
  }

  private <T> CompletionStage<T> withStore(
      java.util.function.Function<DeltaStore, CompletionStage<T>> action) {
    return store
        .get()
        .map(action)
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new StoreException(
                        StoreException.Reason.UNAVAILABLE,
                        "there is no delta store now, so signers cannot be looked up or kept",
                        null)));
  }

  private static SignerInfo parse(SignerId id, Bytes stored) {
    try {
      return SignerInfoCodec.parse(stored);
    } catch (MalformedMessageException e) {
      throw new StoreException(
          StoreException.Reason.CORRUPT,
          "what is stored for signer " + id + " is damaged: " + e.getMessage(),
          e);
    }
  }
}
