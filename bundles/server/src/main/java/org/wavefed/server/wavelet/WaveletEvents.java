// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.List;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.DeliveryCursor;

/** Is told of what became durable, in the order of each wavelet. Must not block. */
public interface WaveletEvents {
  /**
   * A wavelet has grown.
   *
   * @param copy the wavelet now
   * @param newCursors deliveries that started with it
   */
  void grown(WaveletName wavelet, TrackedCopy copy, List<DeliveryCursor> newCursors);

  /** An open wavelet leaves memory. */
  void closed(WaveletName wavelet, TrackedCopy copy);
}
