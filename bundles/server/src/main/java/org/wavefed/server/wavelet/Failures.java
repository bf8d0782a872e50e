// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.StoreException;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/** What whoever asks for a wavelet is told when it cannot be had. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static WaveException unavailable(String message) {
    return new WaveException(Reason.UNAVAILABLE, message, null);
  }

  static WaveException noSuchVersion(WaveletName name, long version, String why) {
    return new WaveException(
        Reason.NO_SUCH_VERSION, "version " + version + " of " + name + ": " + why, null);
  }

  /** The store could not read the wavelet; the operator hears of what is damaged. */
  static WaveException unreadable(WaveletName name, Throwable failure) {
    if (failure instanceof StoreException problem
        && problem.reason() == StoreException.Reason.CORRUPT) {
      log.error("{} cannot be opened, restore it from a backup: {}", name, problem.getMessage());
      return new WaveException(
          Reason.QUARANTINED,
          "this server's copy of "
              + name
              + " is damaged; tell the operator: "
              + problem.getMessage(),
          failure);
    }
    return new WaveException(
        Reason.UNAVAILABLE, "cannot open " + name + " now: " + failure.getMessage(), failure);
  }

  /** The store could not read the wavelet's deltas from a version on. */
  static WaveException unreadable(WaveletName name, long from, Throwable failure) {
    return failure instanceof StoreException problem
            && problem.reason() == StoreException.Reason.NOT_FOUND
        ? noSuchVersion(name, from, "no delta starts or ends there")
        : unreadable(name, failure);
  }
}
