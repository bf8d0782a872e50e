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
import org.wavefed.server.LogBudget;

/**
 * The remote wavelets whose hosts our copies cannot follow. They are set apart with one line in the
 * log, can still be read, and are tried again when their host speaks of them, at most once in
 * {@link #PAUSE}. Nothing is remembered over a restart: the contradiction shows again. Thread-safe.
 */
final class Quarantine {
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(Quarantine.class);
  private static final int MOST = 10_000;

  private final Clock clock;
  private final LogBudget budget;
  private final Map<WaveletName, Entry> entries = new LinkedHashMap<>();

  private record Entry(SetApart reason, Instant nextTry) {}

  Quarantine(Clock clock) {
    this.clock = clock;
    this.budget =
        new LogBudget(clock, 100, 10, more -> log.error("{} more wavelets are set apart", more));
  }

  /** Why the wavelet is set apart, if it is. */
  synchronized Optional<SetApart> reason(WaveletName wavelet) {
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

  synchronized void put(WaveletName wavelet, SetApart reason) {
    Entry before = entries.put(wavelet, new Entry(reason, clock.instant().plus(PAUSE)));
    if (before == null && budget.allows(wavelet.host())) {
      log.error(
          "{} is set apart: {}. It can be read but takes no more changes; {}. It is tried again when"
              + " its host {} speaks of it",
          wavelet,
          reason.getMessage(),
          reason.advice(),
          wavelet.host());
    }
    if (entries.size() > MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  synchronized void lift(WaveletName wavelet) {
    if (entries.remove(wavelet) != null && budget.allows(wavelet.host())) {
      log.info("{} agrees with its host again", wavelet);
    }
  }
}
