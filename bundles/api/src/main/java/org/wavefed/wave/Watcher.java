// SPDX-License-Identifier: Apache-2.0
package org.wavefed.wave;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told of a wavelet's changes, one call at a time. Implemented by whoever shows waves live. */
@ConsumerType
public interface Watcher {
  /** The state that later changes follow on. Called once, first. */
  void opened(WaveletSnapshot snapshot);

  /** The next change. */
  void changed(WaveletChange change);

  /**
   * The watch ended by itself; nothing follows.
   *
   * @param reason one line for the user
   */
  void closed(String reason);
}
