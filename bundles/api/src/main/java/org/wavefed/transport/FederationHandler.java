// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;

/**
 * Takes the calls of peers. Registered by the server, called by every transport. Each stage
 * completes when the transport may answer, or exceptionally with a {@link FederationException} that
 * says which error to answer with; any other exception is an internal error. Calls return at once;
 * the handler bounds what it has in hand and refuses the rest with {@link
 * FailureReason#OVERLOADED}. Thread-safe.
 */
@ProviderType
public interface FederationHandler {
  /**
   * New deltas from the host of a wavelet. Completion is the permission to acknowledge: everything
   * is verified and durable. On failure a transport sends no acknowledgement, so that the host
   * tries again, unless the failure is permanent and its wire has a way to say so.
   */
  CompletionStage<Void> update(Peer peer, WaveletUpdate update);

  /**
   * An update that the transport had no room for and does not acknowledge. Deployed hosts do not
   * send it again, so the server may take it later by itself. Costs next to nothing now.
   */
  default void missed(Peer peer, WaveletUpdate update) {}

  /**
   * A delta for a wavelet that we host.
   *
   * @param signedDelta the exact bytes of the ProtocolSignedDelta
   */
  CompletionStage<SubmitResult> submit(Peer peer, WaveletName wavelet, Bytes signedDelta);

  /** A range of history of a wavelet that we host. */
  CompletionStage<History> history(Peer peer, HistoryRequest request);

  /** The signer of a delta of a wavelet that we host. */
  CompletionStage<SignerInfo> signer(Peer peer, SignerRequest request);

  /** A signer, before deltas that it signed. Completes when it is verified and durable. */
  CompletionStage<Void> postSigner(Peer peer, SignerInfo signer);

  /** A ping; the transport answers it by itself. The server takes it as a sign of life. */
  void pinged(Peer peer);

  /** A domain of ours can be called from and reached again: what waits may be tried at once. */
  void connected(String localDomain);
}
