// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.wavefed.model.id.WaveletName;

/**
 * Lets submits wait until what they wrote has come back from the host. Who waits must give up after
 * a while. Thread-safe.
 */
public final class Arrivals {
  private final Map<WaveletName, List<Arrival>> awaited = new HashMap<>();

  /**
   * Something that is waited for.
   *
   * @param version the version that the wavelet shall have grown to
   * @param there completes then
   */
  record Arrival(WaveletName wavelet, long version, CompletableFuture<Void> there) {}

  /** Waits until the wavelet grows to a version. */
  synchronized Arrival await(WaveletName wavelet, long version) {
    Arrival arrival = new Arrival(wavelet, version, new CompletableFuture<>());
    awaited.computeIfAbsent(wavelet, name -> new ArrayList<>(1)).add(arrival);
    return arrival;
  }

  /** Stops waiting. */
  synchronized void giveUp(Arrival arrival) {
    awaited.computeIfPresent(
        arrival.wavelet,
        (name, all) -> {
          all.remove(arrival);
          return all.isEmpty() ? null : all;
        });
  }

  /** The wavelet has grown. */
  public void grown(WaveletName wavelet, long version) {
    List<Arrival> here = new ArrayList<>();
    synchronized (this) {
      for (Arrival arrival : awaited.getOrDefault(wavelet, List.of())) {
        if (arrival.version <= version) {
          here.add(arrival);
        }
      }
      here.forEach(this::giveUp);
    }
    here.forEach(arrival -> arrival.there.complete(null));
  }
}
