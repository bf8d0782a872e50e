// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto.x509;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.wavefed.crypto.SignerId;

/**
 * The signers verified lately; the one unused for longest makes room for a new one. Thread-safe.
 */
final class VerifiedSigners {
  static final int CAPACITY = 4096;

  private final Map<SignerId, VerifiedSigner> byId =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<SignerId, VerifiedSigner> eldest) {
              return size() > CAPACITY;
            }
          });

  Optional<VerifiedSigner> find(SignerId id) {
    return Optional.ofNullable(byId.get(id));
  }

  void put(VerifiedSigner signer) {
    byId.put(signer.id(), signer);
  }
}
