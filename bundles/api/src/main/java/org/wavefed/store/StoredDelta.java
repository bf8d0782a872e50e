// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store;

import java.util.Optional;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;

/**
 * A delta of a wavelet's log.
 *
 * @param appliedAt the version that it was applied at
 * @param resulting the version after it
 * @param applied the exact bytes of the ProtocolAppliedWaveletDelta
 * @param transformed a serialised ProtocolWaveletDelta with the operations as they were applied,
 *     where they differ from those that the author signed; never sent to anybody
 */
public record StoredDelta(
    HashedVersion appliedAt, HashedVersion resulting, Bytes applied, Optional<Bytes> transformed) {
  /**
   * @throws IllegalArgumentException if the version does not advance
   */
  public StoredDelta {
    if (resulting.version() <= appliedAt.version()) {
      throw new IllegalArgumentException(
          "a delta must advance the version: " + appliedAt + " to " + resulting);
    }
  }
}
