// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** Knows signers by their ids, durably. Thread-safe. */
@ConsumerType
public interface SignerStore {
  /**
   * Verifies a signer (path to a trust root, its domain in the certificate) and keeps it. Storing a
   * known signer again does nothing.
   *
   * @return its id, once it is durable; exceptionally a {@link CryptoException}
   */
  CompletionStage<SignerId> store(SignerInfo signer);

  /** Looks a signer up; empty if it was never stored. */
  CompletionStage<Optional<SignerInfo>> find(SignerId id);
}
