// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.xmpp.endpoint.Timers;
import org.wavefed.xmpp.stanza.Namespaces;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;

/**
 * A stream of a pair that takes our stanzas, and whether it still does: whatever was written is
 * proved to have arrived when a stanza comes back on it, if it goes both ways, or the answer to a
 * ping on it (XEP-0199). What the other side says on streams of its own proves nothing: they may
 * live while this one leads nowhere. Not thread-safe.
 */
final class LiveStream {
  private static final byte[] SPACE = {' '};
  private static final String PING_ID = "alive-";
  private static final Logger LOG = LoggerFactory.getLogger(S2sTransport.class);

  /** How long a stream is kept that is not used, by either side. */
  static final Duration IDLE = Duration.ofMinutes(5);

  private final Pair pair;
  private final OutgoingStream stream;
  private final boolean ours;
  private final Duration silence;
  private final Timers timers;
  private Optional<Long> unprovedSince = Optional.empty();
  private Optional<String> ping = Optional.empty();
  private long lastUse;

  /**
   * @param ours whether we opened it
   * @param silence after how long without a proof the other side is pinged, and then given up
   */
  LiveStream(Pair pair, OutgoingStream stream, boolean ours, Duration silence, Timers timers) {
    this.pair = pair;
    this.stream = stream;
    this.ours = ours;
    this.silence = silence;
    this.timers = timers;
    this.lastUse = timers.now();
  }

  boolean isOurs() {
    return ours;
  }

  boolean is(OutgoingStream other) {
    return stream == other;
  }

  void write(byte[] xml, Runnable written) {
    lastUse = timers.now();
    if (unprovedSince.isEmpty()) {
      unprovedSince = Optional.of(lastUse);
    }
    stream.write(xml, written);
  }

  /** Whether a stanza answers a ping. */
  static boolean isPong(Element stanza) {
    return stanza.name().equals("iq")
        && stanza.attribute("id").filter(id -> id.startsWith(PING_ID)).isPresent()
        && stanza
            .attribute("type")
            .filter(t -> t.equals("result") || t.equals("error"))
            .isPresent();
  }

  /** Such an answer came, on whichever stream. */
  void answered(Element pong) {
    if (ping.isPresent() && ping.equals(pong.attribute("id"))) {
      proved();
    }
  }

  private void proved() {
    unprovedSince = Optional.empty();
    ping = Optional.empty();
  }

  /**
   * Does what keeps it alive, or closes it if it is not, or of no use. Called now and then.
   *
   * @return whether it is still open
   */
  boolean keepAlive() {
    if (expires()) {
      return false;
    }
    boolean silent =
        unprovedSince.filter(since -> timers.now() - since >= silence.toNanos()).isPresent();
    if (silent && ping.isPresent()) {
      LOG.info("{} does not answer any more: the stream is closed", pair.to());
      stream.close(new StreamError("connection-timeout", "no answer to a ping"));
      return false;
    } else if (silent) {
      unprovedSince = Optional.of(timers.now());
      ping();
    } else {
      stream.write(SPACE, () -> {});
    }
    return true;
  }

  /** Closes it when neither side uses it, and says whether that was so. Called now and then. */
  boolean expires() {
    if (stream.hasHeard()) {
      lastUse = timers.now();
      proved();
    }
    boolean unused = timers.now() - lastUse > IDLE.toNanos();
    if (unused) {
      close("nothing more to send for now");
    }
    return unused;
  }

  private void ping() {
    String id = PING_ID + timers.now();
    ping = Optional.of(id);
    Element iq =
        Element.of(Element.STANZAS, "iq", Element.of(Namespaces.PING, "ping"))
            .with("type", "get")
            .with("id", id)
            .with("from", pair.from())
            .with("to", pair.to());
    stream.write(StreamXml.write(iq).getBytes(UTF_8), () -> {});
  }

  void close(String reason) {
    stream.close(reason);
  }
}
