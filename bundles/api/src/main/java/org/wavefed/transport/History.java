// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

import java.util.List;
import java.util.OptionalLong;
import org.wavefed.model.Bytes;

/**
 * An answer to a {@link HistoryRequest}. Work out versions from the deltas alone: servers are known
 * to echo the end that was asked for in {@code committed} and {@code truncatedAt}.
 *
 * @param appliedDeltas the exact bytes of each ProtocolAppliedWaveletDelta, in order
 * @param committed the version that is durable at the host, if told
 * @param truncatedAt set if the answer ends before the end asked for
 */
public record History(List<Bytes> appliedDeltas, OptionalLong committed, OptionalLong truncatedAt) {
  public History {
    appliedDeltas = List.copyOf(appliedDeltas);
  }
}
