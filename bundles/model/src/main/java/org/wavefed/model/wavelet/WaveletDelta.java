// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.wavelet;

import java.util.List;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;

/**
 * Operations of one author that are applied together or not at all.
 *
 * @param target the version that the operations were made for
 * @param author who made them
 * @param operations the operations, in order; n of them advance the version by n
 * @param addressPath the groups through which the author acts; usually empty
 */
public record WaveletDelta(
    HashedVersion target,
    ParticipantId author,
    List<WaveletOperation> operations,
    List<String> addressPath) {
  /** Copies the lists. */
  public WaveletDelta {
    operations = List.copyOf(operations);
    addressPath = List.copyOf(addressPath);
  }

  /** A delta without an address path. */
  public WaveletDelta(
      HashedVersion target, ParticipantId author, List<WaveletOperation> operations) {
    this(target, author, operations, List.of());
  }
}
