// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of refused connections, a line every ten seconds at most. Thread-safe. */
final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(S2sTransport.class);
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(10);

  private long next = System.nanoTime();
  private int held;

  void refused(String address, String why) {
    int since = pass();
    if (since < 0) {
      LOG.debug("a connection from {} is refused: {}", address, why);
    } else if (since == 0) {
      LOG.warn("a connection from {} is refused: {}", address, why);
    } else {
      LOG.warn("a connection from {} is refused: {} (and {} others)", address, why, since);
    }
  }

  private synchronized int pass() {
    long now = System.nanoTime();
    if (now - next < 0) {
      held++;
      return -1;
    }
    int since = held;
    held = 0;
    next = now + INTERVAL;
    return since;
  }
}
