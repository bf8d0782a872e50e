// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Peer;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;

/** A host that takes what is submitted and for a while gives no history. */
final class SilentHistory implements FederationHandler {
  volatile boolean answers;
  private final FederationHandler host;

  SilentHistory(FederationHandler host) {
    this.host = host;
  }

  @Override
  public CompletionStage<History> history(Peer peer, HistoryRequest request) {
    return answers
        ? host.history(peer, request)
        : CompletableFuture.failedStage(
            new FederationException(FailureReason.TIMED_OUT, "no history now"));
  }

  @Override
  public CompletionStage<Void> update(Peer peer, WaveletUpdate update) {
    return host.update(peer, update);
  }

  @Override
  public CompletionStage<SubmitResult> submit(Peer peer, WaveletName wavelet, Bytes signedDelta) {
    return host.submit(peer, wavelet, signedDelta);
  }

  @Override
  public CompletionStage<SignerInfo> signer(Peer peer, SignerRequest request) {
    return host.signer(peer, request);
  }

  @Override
  public CompletionStage<Void> postSigner(Peer peer, SignerInfo signer) {
    return host.postSigner(peer, signer);
  }

  @Override
  public void pinged(Peer peer) {
    host.pinged(peer);
  }

  @Override
  public void connected(String localDomain) {
    host.connected(localDomain);
  }
}
