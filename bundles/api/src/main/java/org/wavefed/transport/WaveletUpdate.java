// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

import java.util.List;
import java.util.Optional;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;

/**
 * What a host tells a remote of one wavelet.
 *
 * @param wavelet the wavelet
 * @param appliedDeltas the exact bytes of each ProtocolAppliedWaveletDelta, in order; may be empty
 * @param committed the version that is durable at the host, if told
 */
public record WaveletUpdate(
    WaveletName wavelet, List<Bytes> appliedDeltas, Optional<HashedVersion> committed) {
  public WaveletUpdate {
    appliedDeltas = List.copyOf(appliedDeltas);
  }
}
