// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.host;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.crypto.CryptoException;
import org.wavefed.crypto.DeltaSignature;
import org.wavefed.crypto.DeltaSigner;
import org.wavefed.crypto.SignerId;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.protocol.WaveletDeltaCodec;
import org.wavefed.server.Refusals;
import org.wavefed.server.Services;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/**
 * Signs what our users write, on threads for nothing else: a signature costs more than all the rest
 * of a delta, and covers only what its author wrote, so it need not wait for anybody. Thread-safe.
 */
public final class Signing {
  private static final Logger log = LoggerFactory.getLogger(Signing.class);

  private final Services services;
  private final Executor pool;
  private final Map<SignerId, SignerInfo> used = new ConcurrentHashMap<>();

  /**
   * @param pool where signatures are computed; it may refuse work
   */
  public Signing(Services services, Executor pool) {
    this.services = services;
    this.pool = pool;
  }

  /** The delta with its author's domain's signature; fails with a {@link WaveException}. */
  public CompletionStage<SignedDelta> sign(WaveletDelta delta) {
    return Stages.recover(
        services.signer(signer -> CompletableFuture.supplyAsync(() -> sign(signer, delta), pool)),
        failure ->
            CompletableFuture.failedStage(
                failure instanceof RejectedExecutionException
                    ? Refusals.refuse(Reason.UNAVAILABLE, "too much is being signed; try again")
                    : failure));
  }

  private SignedDelta sign(DeltaSigner signer, WaveletDelta delta) {
    Bytes bytes = WaveletDeltaCodec.toBytes(delta);
    String domain = delta.author().domain();
    try {
      DeltaSignature signature = signer.sign(domain, bytes);
      used.computeIfAbsent(signature.signer(), id -> remember(signer.signerInfo(domain)));
      return new SignedDelta(bytes, List.of(signature));
    } catch (CryptoException e) {
      throw new WaveException(
          Reason.UNAVAILABLE, "not signed, so not accepted: " + e.getMessage(), e);
    }
  }

  /** Peers ask for our signers long after we signed with them. */
  private SignerInfo remember(SignerInfo ours) {
    services
        .signers(store -> store.store(ours))
        .whenComplete(
            (id, failure) -> {
              if (failure != null) {
                log.warn(
                    "our own signer of {} was not stored, so that peers may not get it after a"
                        + " restart: {}",
                    ours.domain(),
                    Stages.cause(failure).getMessage());
              }
            });
    return ours;
  }

  /** The signers that were signed with since the start, by their ids. */
  public Map<SignerId, SignerInfo> used() {
    return used;
  }
}
