// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import org.wavefed.model.id.WaveletName;

/** The wavelet left memory before the task ran: open it again. Never leaves this bundle. */
final class WaveletClosed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WaveletClosed(WaveletName wavelet) {
    super(wavelet + " left memory");
  }
}
