// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store;

import java.util.List;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;

/**
 * Deltas to append to one wavelet in one step.
 *
 * @param wavelet the wavelet
 * @param expected where its log must end now; version 0 for a new wavelet
 * @param deltas one or more, each applied at the version where the one before it ended
 * @param newCursors peers that a delivery starts for; a cursor that is there already stays as it is
 */
public record Append(
    WaveletName wavelet,
    HashedVersion expected,
    List<StoredDelta> deltas,
    List<DeliveryCursor> newCursors) {
  /**
   * @throws IllegalArgumentException if there is no delta, or they do not follow each other
   */
  public Append {
    deltas = List.copyOf(deltas);
    newCursors = List.copyOf(newCursors);
    if (deltas.isEmpty()) {
      throw new IllegalArgumentException("nothing to append to " + wavelet);
    }
    HashedVersion at = expected;
    for (StoredDelta delta : deltas) {
      if (!delta.appliedAt().equals(at)) {
        throw new IllegalArgumentException(
            "delta at " + delta.appliedAt() + " does not follow " + at + " in " + wavelet);
      }
      at = delta.resulting();
    }
  }
}
