// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

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

/** Passes every call on to a server; what is said otherwise is what a test is about. */
class PassingHandler implements FederationHandler {
  private final FederationHandler server;

  PassingHandler(FederationHandler server) {
    this.server = server;
  }

  @Override
  public CompletionStage<Void> update(Peer peer, WaveletUpdate update) {
    return server.update(peer, update);
  }

  @Override
  public CompletionStage<SubmitResult> submit(Peer peer, WaveletName wavelet, Bytes signedDelta) {
    return server.submit(peer, wavelet, signedDelta);
  }

  @Override
  public CompletionStage<History> history(Peer peer, HistoryRequest request) {
    return server.history(peer, request);
  }

  @Override
  public CompletionStage<SignerInfo> signer(Peer peer, SignerRequest request) {
    return server.signer(peer, request);
  }

  @Override
  public CompletionStage<Void> postSigner(Peer peer, SignerInfo signer) {
    return server.postSigner(peer, signer);
  }

  @Override
  public void pinged(Peer peer) {
    server.pinged(peer);
  }

  @Override
  public void connected(String localDomain) {
    server.connected(localDomain);
  }
}
