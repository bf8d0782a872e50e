// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;
import org.wavefed.model.Bytes;

/** Signs deltas for the domains that this server has keys for. Thread-safe. */
@ConsumerType
public interface DeltaSigner {
  /** The domains that can be signed for now. */
  Set<String> domains();

  /**
   * The signer in use for a domain.
   *
   * @throws CryptoException with {@link CryptoException.Reason#NO_KEY} if there is none
   */
  SignerInfo signerInfo(String domain);

  /**
   * Signs on the calling thread; costs up to a millisecond of CPU.
   *
   * @param domain the author's domain
   * @param delta the exact bytes of the ProtocolWaveletDelta
   * @throws CryptoException with {@link CryptoException.Reason#NO_KEY} if there is no key
   */
  DeltaSignature sign(String domain, Bytes delta);

  /** What makes the signatures, for operators: the provider's name and version. */
  default String provider() {
    return "unknown";
  }
}
