// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.util.List;
import java.util.Optional;
import org.wavefed.crypto.DeltaSigner;
import org.wavefed.crypto.DeltaVerifier;
import org.wavefed.crypto.SignerStore;
import org.wavefed.transport.FederationTransport;

/** The services that may come and go while the server runs; ask again for each use. */
public interface Services {
  /** Who signs what our users write, if there is one now. */
  Optional<DeltaSigner> signer();

  /** Who verifies signatures, if there is one now. */
  Optional<DeltaVerifier> verifier();

  /** Who knows signers, if there is one now. */
  Optional<SignerStore> signers();

  /** The ways to peers that there are now. */
  List<FederationTransport> transports();
}
