// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.wavefed.crypto.DeltaSigner;
import org.wavefed.crypto.DeltaVerifier;
import org.wavefed.crypto.SignerStore;
import org.wavefed.transport.FederationTransport;

/**
 * The services that may come and go while the server runs; ask again for each use. One that is
 * being replaced comes soon; one that is missing is a {@link org.wavefed.wave.WaveException}.
 */
public interface Services {
  /** Who signs what our users write. */
  CompletionStage<DeltaSigner> signer();

  /** Who verifies signatures. */
  CompletionStage<DeltaVerifier> verifier();

  /** Who knows signers. */
  CompletionStage<SignerStore> signers();

  /** The ways to peers that there are now. */
  List<FederationTransport> transports();
}
