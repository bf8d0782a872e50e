// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Peer;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;

/** A wave server that acknowledges every update at once and can do nothing else. */
final class Answering implements FederationHandler {
  @Override
  public CompletionStage<Void> update(Peer peer, WaveletUpdate update) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<SubmitResult> submit(Peer peer, WaveletName wavelet, Bytes signedDelta) {
    return no();
  }

  @Override
  public CompletionStage<History> history(Peer peer, HistoryRequest request) {
    return no();
  }

  @Override
  public CompletionStage<SignerInfo> signer(Peer peer, SignerRequest request) {
    return no();
  }

  @Override
  public CompletionStage<Void> postSigner(Peer peer, SignerInfo signer) {
    return no();
  }

  @Override
  public void pinged(Peer peer) {}

  @Override
  public void connected(String localDomain) {}

  private static <T> CompletionStage<T> no() {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }
}
