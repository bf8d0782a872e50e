// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;
import org.wavefed.xmpp.xml.StreamEvent;
import org.wavefed.xmpp.xml.StreamReader;
import org.wavefed.xmpp.xml.XmlLimits;
import org.wavefed.xmpp.xml.XmlWriter;

/**
 * One XMPP stream, from the fresh connection to its end. Every method returns what to do; after a
 * {@link StreamAction.Close} the stream does nothing any more. Times are {@link System#nanoTime}
 * values of the caller. Not thread-safe, but for {@link #encode}.
 */
public final class XmppStream {
  private enum Phase {
    NEGOTIATING,
    ESTABLISHED,
    CLOSED
  }

  /** What a stranger may send in all: a negotiation needs a few thousand bytes. */
  private static final long STRANGER_BYTES = 262_144;

  private final Negotiation negotiation;
  private final StreamSettings settings;
  private final List<StreamAction> actions = new ArrayList<>();
  private Phase phase = Phase.NEGOTIATING;
  private StreamReader reader = new StreamReader(XmlLimits.BEFORE_AUTHENTICATION);
  private boolean restarted;
  private boolean started;
  private boolean writable;
  private boolean probed;
  private boolean unfinished;
  private long strangerBytes;
  private long deadline;
  private long stanzaDeadline;

  /** A stream for one connection. */
  public XmppStream(Negotiation negotiation, StreamSettings settings) {
    this.negotiation = negotiation;
    this.settings = settings;
  }

  /** The connection is there, but TLS is to come before anything else: time runs. */
  public void awaitsTls(long now) {
    if (!started) {
      started = true;
      setDeadline(now, settings.negotiation());
    }
  }

  /** The connection is there, or TLS on it. */
  public List<StreamAction> connected(long now) {
    awaitsTls(now);
    writable = true;
    run(negotiation.connected());
    return drain();
  }

  /** Bytes came. */
  public List<StreamAction> received(byte[] piece, int offset, int length, long now) {
    restarted = false;
    if (phase == Phase.NEGOTIATING && isTooMuch(length)) {
      fail(
          new StreamError(
              "policy-violation", "more than " + STRANGER_BYTES + " bytes before authentication"));
    }
    if (phase == Phase.CLOSED) {
      return drain();
    }
    List<StreamEvent> events = reader.read(piece, offset, length);
    for (StreamEvent event : events) {
      if (phase != Phase.CLOSED && !restarted) {
        take(event);
      }
    }
    heard(now);
    timeStanza(!events.isEmpty(), now);
    return drain();
  }

  private boolean isTooMuch(int length) {
    strangerBytes += length;
    return strangerBytes > STRANGER_BYTES;
  }

  private void timeStanza(boolean newOne, long now) {
    boolean before = unfinished && !newOne;
    unfinished = reader.isUnfinished();
    if (unfinished && !before) {
      stanzaDeadline = now + settings.stanza().toNanos();
    }
  }

  /** The negotiation goes on after it waited for something else than the other side. */
  public List<StreamAction> resumed(List<Negotiation.Step> steps, long now) {
    if (phase == Phase.NEGOTIATING) {
      run(steps);
      heard(now);
    }
    return drain();
  }

  private void heard(long now) {
    if (phase == Phase.ESTABLISHED) {
      probed = false;
      setDeadline(now, settings.silence());
    }
  }

  /** Nanoseconds from now until {@link #tick} is to be called; not negative. */
  public long untilTick(long now) {
    long wait = deadline - now;
    return Math.max(0, isTimed() ? Math.min(wait, stanzaDeadline - now) : wait);
  }

  private boolean isTimed() {
    return unfinished && phase == Phase.ESTABLISHED;
  }

  /** Time has passed. */
  public List<StreamAction> tick(long now) {
    if (phase != Phase.CLOSED && isTimed() && now - stanzaDeadline >= 0) {
      timeOut("a stanza was not complete within " + seconds(settings.stanza()));
    } else if (phase != Phase.CLOSED && now - deadline >= 0) {
      late(now);
    }
    return drain();
  }

  private void late(long now) {
    if (phase == Phase.NEGOTIATING) {
      timeOut("not authenticated within " + seconds(settings.negotiation()));
    } else if (settings.probe().isEmpty()) {
      timeOut("nothing heard for " + seconds(settings.silence()));
    } else if (probed) {
      timeOut("nothing heard for " + seconds(settings.silence().multipliedBy(2)));
    } else {
      probed = true;
      settings.probe().ifPresent(probe -> actions.add(new StreamAction.Write(encode(probe))));
      setDeadline(now, settings.silence());
    }
  }

  private static String seconds(Duration time) {
    return time.toSeconds() + " s";
  }

  /** We want the stream to end. */
  public List<StreamAction> close(String reason) {
    end("</stream:stream>", new StreamFailure(StreamFailure.Kind.CLOSED, reason));
    return drain();
  }

  /** A stanza as the text that this stream writes. Thread-safe. */
  public String encode(Element stanza) {
    return XmlWriter.write(stanza, negotiation.contentNamespace());
  }

  private void take(StreamEvent event) {
    if (event instanceof StreamEvent.Opened opened) {
      run(negotiation.opened(opened.header()));
    } else if (event instanceof StreamEvent.Received received) {
      received(received.element());
    } else if (event instanceof StreamEvent.Skipped skipped) {
      skipped(skipped);
    } else if (event instanceof StreamEvent.Failed failed) {
      fail(failed.error());
    } else {
      end(
          "</stream:stream>",
          new StreamFailure(StreamFailure.Kind.CLOSED, "the other side closed the stream"));
    }
  }

  private void received(Element element) {
    Optional<StreamError> error = StreamError.read(element);
    if (error.isPresent()) {
      end("</stream:stream>", new StreamFailure(kind(error.get()), "stream error " + error.get()));
    } else if (phase == Phase.ESTABLISHED) {
      actions.add(new StreamAction.Deliver(element));
    } else {
      run(negotiation.received(element));
    }
  }

  private void skipped(StreamEvent.Skipped skipped) {
    if (phase == Phase.ESTABLISHED) {
      actions.add(new StreamAction.Refuse(skipped.envelope(), skipped.fault()));
    } else {
      fail(new StreamError("policy-violation", "a stanza is refused: " + skipped.fault()));
    }
  }

  private void run(List<Negotiation.Step> steps) {
    for (Negotiation.Step step : steps) {
      if (step instanceof Negotiation.Step.Send send) {
        actions.add(new StreamAction.Write(send.xml()));
      } else if (step instanceof Negotiation.Step.StartTls) {
        restart();
        writable = false;
        actions.add(new StreamAction.StartTls());
      } else if (step instanceof Negotiation.Step.Restart) {
        restart();
      } else if (step instanceof Negotiation.Step.Done) {
        phase = Phase.ESTABLISHED;
        reader.limits(settings.limits());
        actions.add(new StreamAction.Established());
      } else if (step instanceof Negotiation.Step.Fail failed) {
        end("</stream:stream>", failed.failure());
      }
    }
  }

  private void restart() {
    restarted = true;
    reader = new StreamReader(XmlLimits.BEFORE_AUTHENTICATION);
  }

  private void fail(StreamError error) {
    end(
        error.toXml() + "</stream:stream>",
        new StreamFailure(StreamFailure.Kind.PROTOCOL, "we ended the stream, " + error));
  }

  private void timeOut(String message) {
    StreamError error = new StreamError("connection-timeout", message);
    end(
        error.toXml() + "</stream:stream>",
        new StreamFailure(StreamFailure.Kind.TIMED_OUT, message));
  }

  private void end(String farewell, StreamFailure failure) {
    if (phase != Phase.CLOSED) {
      phase = Phase.CLOSED;
      if (writable) {
        actions.add(new StreamAction.Write(negotiation.opening() + farewell));
      }
      actions.add(new StreamAction.Close(failure));
    }
  }

  private static StreamFailure.Kind kind(StreamError error) {
    return switch (error.condition()) {
      case "not-authorized" -> StreamFailure.Kind.NOT_AUTHORIZED;
      case "conflict", "host-unknown", "host-gone", "policy-violation" ->
          StreamFailure.Kind.REFUSED;
      default -> StreamFailure.Kind.CLOSED;
    };
  }

  private void setDeadline(long now, Duration from) {
    deadline = now + from.toNanos();
  }

  private List<StreamAction> drain() {
    List<StreamAction> result = List.copyOf(actions);
    actions.clear();
    return result;
  }
}
