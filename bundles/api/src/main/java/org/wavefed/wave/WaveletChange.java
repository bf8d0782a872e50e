// SPDX-License-Identifier: Apache-2.0
package org.wavefed.wave;

import java.util.List;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation;

/**
 * An applied delta as a reader of the wavelet sees it.
 *
 * @param appliedAt the version before it
 * @param resulting the version after it
 * @param author who wrote it
 * @param timestamp when the host applied it, milliseconds since 1970 UTC
 * @param operations what it did, as transformed to {@code appliedAt}
 */
public record WaveletChange(
    HashedVersion appliedAt,
    HashedVersion resulting,
    ParticipantId author,
    long timestamp,
    List<WaveletOperation> operations) {
  public WaveletChange {
    operations = List.copyOf(operations);
  }
}
