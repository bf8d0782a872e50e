// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store.rocksdb;

import java.util.ArrayList;
import java.util.List;
import org.wavefed.model.id.WaveletName;
import org.wavefed.store.StoreException;
import org.wavefed.store.StoreException.Reason;
import org.wavefed.store.StoredDelta;

/** Takes the deltas of a range, in their order, as long as the limits allow. */
final class DeltaRange implements Database.Row {
  private final WaveletName wavelet;
  private final long from;
  private final long to;
  private final long maxBytes;
  private final List<StoredDelta> deltas = new ArrayList<>();
  private long bytes;
  private boolean sawNothing = true;

  DeltaRange(WaveletName wavelet, long from, long to, long maxBytes) {
    this.wavelet = wavelet;
    this.from = from;
    this.to = to;
    this.maxBytes = maxBytes;
  }

  /** The first delta that ends after {@code from} is the one applied there. */
  byte[] firstKey() {
    return Keys.next(Keys.delta(wavelet, from));
  }

  byte[] afterLastKey() {
    return Keys.next(Keys.delta(wavelet, Long.MAX_VALUE));
  }

  @Override
  public boolean accept(byte[] key, byte[] value) {
    StoredDelta delta = Values.delta(value, wavelet);
    if (sawNothing && delta.appliedAt().version() != from) {
      throw noBoundary(wavelet, from);
    }
    sawNothing = false;
    bytes += delta.applied().size();
    if (delta.resulting().version() > to || (bytes > maxBytes && !deltas.isEmpty())) {
      return false;
    }
    deltas.add(delta);
    return true;
  }

  /** Whether there is no delta in the range at all, whatever the limits. */
  boolean sawNothing() {
    return sawNothing;
  }

  List<StoredDelta> deltas() {
    return List.copyOf(deltas);
  }

  static StoreException noBoundary(WaveletName wavelet, long version) {
    return new StoreException(
        Reason.NOT_FOUND, wavelet.toUri() + " has no delta boundary at " + version, null);
  }
}
