// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.ArrayList;
import java.util.List;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.protocol.MalformedMessageException;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoredDelta;
import org.wavefed.wave.WaveletChange;

/** The forms that a delta has in the log, in memory and for readers. */
public final class Deltas {
  private Deltas() {}

  /** For the log. */
  public static StoredDelta toStored(LoggedDelta delta) {
    return new StoredDelta(
        delta.appliedAt(), delta.resulting(), delta.applied(), delta.transformed());
  }

  /** For readers. */
  public static WaveletChange toChange(LoggedDelta delta) {
    return new WaveletChange(
        delta.appliedAt(),
        delta.resulting(),
        delta.author(),
        delta.timestampMillis(),
        delta.operations());
  }

  /**
   * From the log.
   *
   * @throws StoreException of reason CORRUPT if it cannot be read
   */
  public static LoggedDelta fromStored(StoredDelta stored) {
    try {
      return LoggedDelta.read(
          stored.applied(), stored.appliedAt(), stored.resulting(), stored.transformed());
    } catch (MalformedMessageException e) {
      throw new StoreException(
          StoreException.Reason.CORRUPT,
          "the stored delta at version "
              + stored.appliedAt().version()
              + " cannot be read: "
              + e.getMessage(),
          e);
    }
  }

  /** From the log, in order. */
  public static List<LoggedDelta> fromStored(List<StoredDelta> stored) {
    List<LoggedDelta> deltas = new ArrayList<>(stored.size());
    stored.forEach(delta -> deltas.add(fromStored(delta)));
    return deltas;
  }
}
