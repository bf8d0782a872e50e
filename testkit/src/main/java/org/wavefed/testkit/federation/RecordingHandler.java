// SPDX-License-Identifier: Apache-2.0
package org.wavefed.testkit.federation;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
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

/** A wave server that keeps what it is told and answers by rote. Thread-safe. */
public final class RecordingHandler implements FederationHandler {
  /** What came, in order. */
  public final List<Object> received = new CopyOnWriteArrayList<>();

  /** From whom. */
  public final List<Peer> peers = new CopyOnWriteArrayList<>();

  /** The signer that it gives. */
  public final SignerInfo signer =
      new SignerInfo(
          SignerInfo.HashAlgorithm.SHA256, "a.example", List.of(Bytes.copyOf(new byte[] {1, 2})));

  private <T> CompletionStage<T> take(Peer peer, Object what, T answer) {
    peers.add(peer);
    received.add(what);
    return CompletableFuture.completedFuture(answer);
  }

  @Override
  public CompletionStage<Void> update(Peer peer, WaveletUpdate update) {
    if (update.appliedDeltas().isEmpty() && update.committed().isEmpty()) {
      return CompletableFuture.failedFuture(
          new FederationException(FailureReason.NOT_AUTHORIZED, "nothing in it"));
    }
    return take(peer, update, null);
  }

  @Override
  public CompletionStage<SubmitResult> submit(Peer peer, WaveletName wavelet, Bytes signedDelta) {
    HashedVersion version = new HashedVersion(7, Bytes.copyOf(new byte[20]));
    return take(peer, signedDelta, new SubmitResult(2, version, 1234));
  }

  @Override
  public CompletionStage<History> history(Peer peer, HistoryRequest request) {
    return take(
        peer,
        request,
        new History(
            List.of(Bytes.copyOf(new byte[] {3}), Bytes.copyOf(new byte[200_000])),
            OptionalLong.of(9),
            OptionalLong.empty()));
  }

  @Override
  public CompletionStage<SignerInfo> signer(Peer peer, SignerRequest request) {
    return take(peer, request, signer);
  }

  @Override
  public CompletionStage<Void> postSigner(Peer peer, SignerInfo posted) {
    return take(peer, posted, null);
  }

  @Override
  public void pinged(Peer peer) {
    take(peer, "ping", "");
  }

  @Override
  public void connected(String localDomain) {
    received.add("connected " + localDomain);
  }
}
