// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.List;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.protocol.WaveletCopy;

/**
 * A wavelet at one version, and which domains have been in it up to there. Immutable.
 *
 * @param copy the wavelet
 * @param membership the domains
 */
public record TrackedCopy(WaveletCopy copy, Membership membership) {
  /** The wavelet before its first delta. */
  public static TrackedCopy empty(WaveletName wavelet) {
    return new TrackedCopy(WaveletCopy.empty(wavelet), Membership.NONE);
  }

  /** The version. */
  public HashedVersion version() {
    return copy.version();
  }

  /** Participants and documents. */
  public WaveletState state() {
    return copy.state();
  }

  /**
   * The copy after a delta.
   *
   * @param next the wavelet after it
   * @param operations what the delta did
   */
  public TrackedCopy then(WaveletCopy next, List<WaveletOperation> operations) {
    long version = next.version().version();
    return new TrackedCopy(
        next, membership.after(operations, next.state().participants(), version));
  }
}
