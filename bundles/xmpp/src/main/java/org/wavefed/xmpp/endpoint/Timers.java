// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/** Time, as an endpoint sees it. Thread-safe. */
@ConsumerType
public interface Timers {
  /** Something that will happen. */
  @FunctionalInterface
  interface Timer {
    /** Lets it not happen, if it has not yet. */
    void cancel();
  }

  /** Nanoseconds since some moment, as {@link System#nanoTime}. */
  long now();

  /** Runs a short task later. */
  Timer schedule(Duration delay, Runnable task);
}
