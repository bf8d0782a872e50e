// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.model.id.WaveletName;

/**
 * The remote wavelets whose hosts contradict our copies. They are set apart with one line in the
 * log, can still be read, and are tried again when their host speaks of them, at most once in
 * {@link #PAUSE}. Nothing is remembered over a restart: the contradiction shows again. Thread-safe.
 */
final class Quarantine {
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(Quarantine.class);
  private static final int MOST = 10_000;

  private final Clock clock;
  private final Map<WaveletName, Entry> entries = new LinkedHashMap<>();

  private record Entry(String reason, Instant nextTry) {}

  Quarantine(Clock clock) {
    this.clock = clock;
  }

  /** Why the wavelet is set apart, if it is. */
  synchronized Optional<String> reason(WaveletName wavelet) {
    return Optional.ofNullable(entries.get(wavelet)).map(Entry::reason);
  }

  /** Whether it is time to try again; counts as a try. */
  synchronized boolean mayRetry(WaveletName wavelet) {
    Entry entry = entries.get(wavelet);
    Instant now = clock.instant();
    if (entry == null || entry.nextTry.isAfter(now)) {
      return entry == null;
    }
    entries.put(wavelet, new Entry(entry.reason, now.plus(PAUSE)));
    return true;
  }

  synchronized void put(WaveletName wavelet, String reason) {
    if (entries.put(wavelet, new Entry(reason, clock.instant().plus(PAUSE))) == null) {
      log.error(
          "{} is set apart: what its host {} says does not follow on our copy: {}. It can be read"
              + " but takes no more changes; ask the operator of {} whether it lost data. It is"
              + " fetched again when the host speaks of it",
          wavelet,
          wavelet.host(),
          reason,
          wavelet.host());
    }
    if (entries.size() > MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  synchronized void lift(WaveletName wavelet) {
    if (entries.remove(wavelet) != null) {
      log.info("{} agrees with its host again", wavelet);
    }
  }
}
