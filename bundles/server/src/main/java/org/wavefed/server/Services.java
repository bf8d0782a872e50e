// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.wavefed.crypto.DeltaSigner;
import org.wavefed.crypto.DeltaVerifier;
import org.wavefed.crypto.SignerStore;
import org.wavefed.transport.FederationTransport;

/**
 * The services that may come and go while the server runs; ask again for each use. One that is
 * being replaced comes soon; one that is missing is a {@link org.wavefed.wave.WaveException}. What
 * fails because one went meanwhile is done again with the next, so it must be such as may be done
 * twice.
 */
public interface Services {
  /** Asks who signs what our users write. */
  <R> CompletionStage<R> signer(Function<DeltaSigner, CompletionStage<R>> work);

  /** Asks who verifies signatures. */
  <R> CompletionStage<R> verifier(Function<DeltaVerifier, CompletionStage<R>> work);

  /** Asks who knows signers. */
  <R> CompletionStage<R> signers(Function<SignerStore, CompletionStage<R>> work);

  /** The ways to peers that there are now. */
  List<FederationTransport> transports();
}
