// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.dns.HostAddress;

/**
 * Tells of refused connections and broken streams: a line a minute for each network at most, so
 * that a noisy one does not silence the others, and 20 a minute in all, so that nobody fills the
 * log. What is held back is counted, and told with the next line. Thread-safe.
 */
final class RefusalLog {
  static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);
  static final int LINES_MAX = 20;
  static final int NETWORKS_MAX = 1_000;

  /** Much of a reason may be the words of a stranger. */
  static final int REASON_MAX = 500;

  private static final Logger LOG = LoggerFactory.getLogger(S2sTransport.class);

  /** Lets so many pass in an interval, and counts the others. */
  private static final class Gate {
    private final int room;
    private long until;
    private int passed;
    private int held;

    Gate(int room, long now) {
      this.room = room;
      this.until = now + INTERVAL;
    }

    /** How many were held back since one passed, or -1 if this one is too. */
    int pass(long now) {
      if (now - until >= 0) {
        until = now + INTERVAL;
        passed = 0;
      }
      if (passed >= room) {
        held++;
        return -1;
      }
      int since = held;
      held = 0;
      passed++;
      return since;
    }
  }

  private final LongSupplier clock;

  /** Guarded by this, as are the gates; those that were not needed for the longest time first. */
  private final Map<Network, Gate> networks =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Network, Gate> eldest) {
          return size() > NETWORKS_MAX;
        }
      };

  private final Gate all;

  RefusalLog() {
    this(System::nanoTime);
  }

  /**
   * @param clock nanoseconds, as those of {@link System#nanoTime}
   */
  RefusalLog(LongSupplier clock) {
    this.clock = clock;
    this.all = new Gate(LINES_MAX, clock.getAsLong());
  }

  /** Somebody is not let in, or put out. */
  void refused(InetSocketAddress from, String why) {
    Optional<String> line = line(from, why);
    if (line.isPresent()) {
      LOG.warn(line.get());
    } else {
      LOG.debug("the connection from {} is refused: {}", from, shortened(why));
    }
  }

  /** What to tell, if anything. */
  Optional<String> line(InetSocketAddress from, String why) {
    InetAddress address = from.getAddress();
    int since = pass(Network.of(address));
    String others = since > 0 ? " (and " + since + " more like it)" : "";
    return since < 0
        ? Optional.empty()
        : Optional.of(
            "the connection from %s is refused: %s%s"
                .formatted(HostAddress.text(address), shortened(why), others));
  }

  private static String shortened(String why) {
    return why.length() <= REASON_MAX ? why : why.substring(0, REASON_MAX) + "...";
  }

  private synchronized int pass(Network network) {
    long now = clock.getAsLong();
    int ofNetwork = networks.computeIfAbsent(network, n -> new Gate(1, now)).pass(now);
    if (ofNetwork < 0) {
      return -1;
    }
    int ofAll = all.pass(now);
    return ofAll < 0 ? -1 : ofNetwork + ofAll;
  }
}
