// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.time.Duration;

/** Lets one warning through per interval, so that no peer can fill the log. Thread-safe. */
final class WarningGate {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Timers timers;
  private long held;
  private long next;

  WarningGate(Timers timers) {
    this.timers = timers;
    this.next = timers.now();
  }

  /** How many were held back since the last one, or -1 if this one is held back too. */
  synchronized long pass() {
    long now = timers.now();
    if (now - next < 0) {
      held++;
      return -1;
    }
    long since = held;
    held = 0;
    next = now + INTERVAL.toNanos();
    return since;
  }
}
