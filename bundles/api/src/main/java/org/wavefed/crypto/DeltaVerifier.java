// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.wavefed.model.Bytes;

/** Verifies the signatures of deltas. Thread-safe. */
@ConsumerType
public interface DeltaVerifier {
  /**
   * Verifies that a delta carries exactly one good signature of each domain, in order, each by a
   * known signer of that domain with a path to a trust root. Certificates are parsed and paths are
   * built once per signer, not once per delta; a signer that has expired since is refused.
   *
   * @param delta the exact bytes of the ProtocolWaveletDelta
   * @param domains the distinct domains of the address path and then the author, in order
   * @param signatures the signatures as they came
   * @return completes when all hold; exceptionally with a {@link CryptoException}, {@link
   *     CryptoException.Reason#UNKNOWN_SIGNER} naming the signer to ask for if it is not in the
   *     store
   */
  CompletionStage<Void> verify(Bytes delta, List<String> domains, List<DeltaSignature> signatures);
}
