// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.wavefed.transport.s2s.establish.ManualTimers;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.StreamError;

/** Keeping streams alive and finding out that they are not: without sockets and clocks. */
class OutgoingQueueTest {
  private static final Pair PAIR = new Pair("wave.acmewave.example", "wave.initech.example");
  private static final Element STANZA =
      Element.of(Element.STANZAS, "message").with("from", PAIR.from()).with("to", PAIR.to());

  private final ManualTimers timers = new ManualTimers();
  private final List<Recorded> dialed = new ArrayList<>();
  private final List<Element> undelivered = new ArrayList<>();
  private final OutgoingQueue queue =
      new OutgoingQueue(PAIR, 1_000, this::dial, (stanza, why) -> undelivered.add(stanza), timers);

  private static final class Recorded implements OutgoingStream {
    final List<String> written = new ArrayList<>();
    final CompletableFuture<StreamFailure> ended = new CompletableFuture<>();
    boolean heard;

    @Override
    public boolean hasHeard() {
      boolean was = heard;
      heard = false;
      return was;
    }

    @Override
    public void write(byte[] xml, Runnable done) {
      written.add(new String(xml, UTF_8));
      done.run();
    }

    @Override
    public void close(String reason) {
      ended.complete(new StreamFailure(StreamFailure.Kind.CLOSED, reason));
    }

    @Override
    public void close(StreamError error) {
      close(error.toString());
    }

    @Override
    public CompletableFuture<StreamFailure> ended() {
      return ended;
    }
  }

  private CompletableFuture<OutgoingStream> dial(Pair pair) {
    Recorded stream = new Recorded();
    dialed.add(stream);
    return CompletableFuture.completedFuture(stream);
  }

  private void send(Element stanza) {
    queue.send(stanza, StreamXml.write(stanza).getBytes(UTF_8));
  }

  private void pass(Duration time) {
    timers.pass(time);
    queue.keepAlive();
  }

  @Test
  void streamShouldBeGivenUpWhenNothingAndNoPingIsAnswered() {
    send(STANZA);
    Recorded stream = dialed.get(0);
    pass(OutgoingQueue.SILENCE);
    assertThat(stream.written).last().asString().contains("urn:xmpp:ping");
    assertThat(stream.ended).isNotDone();
    pass(OutgoingQueue.SILENCE);
    assertThat(stream.ended.join().message()).contains("connection-timeout");
    send(STANZA);
    assertThat(dialed).hasSize(2);
    assertThat(undelivered).isEmpty();
  }

  @Test
  void streamShouldBeKeptWhenThePingIsAnswered() {
    send(STANZA);
    pass(OutgoingQueue.SILENCE);
    queue.heard();
    pass(OutgoingQueue.SILENCE);
    pass(OutgoingQueue.SILENCE);
    assertThat(dialed.get(0).ended).isNotDone();
    assertThat(dialed.get(0).written).filteredOn(xml -> xml.contains("urn:xmpp:ping")).hasSize(1);
    assertThat(dialed.get(0).written).last().isEqualTo(" ");
  }

  @Test
  void nobodyShouldBePingedWhenOnlyAnswersWereSent() {
    send(Element.of(Element.STANZAS, "iq").with("type", "result"));
    pass(OutgoingQueue.SILENCE);
    pass(OutgoingQueue.SILENCE);
    assertThat(dialed.get(0).written).noneMatch(xml -> xml.contains("urn:xmpp:ping"));
    assertThat(dialed.get(0).ended).isNotDone();
  }

  @Test
  void streamShouldBeClosedWhenItIsNotUsed() {
    send(STANZA);
    queue.heard();
    pass(OutgoingQueue.IDLE.plusSeconds(1));
    assertThat(dialed.get(0).ended).isDone();
    assertThat(queue.isOver()).isTrue();
  }

  @Test
  void streamThatGoesBothWaysShouldBeKeptWhenOnlyTheOtherSideUsesIt() {
    Recorded theirs = new Recorded();
    queue.adopt(theirs);
    for (int i = 0; i < 10; i++) {
      theirs.heard = true;
      pass(OutgoingQueue.IDLE.minusSeconds(1));
    }
    assertThat(theirs.ended).isNotDone();
    pass(OutgoingQueue.IDLE.plusSeconds(1));
    assertThat(theirs.ended).isDone();
  }

  @Test
  void streamOfTheOtherSideShouldBeUsedWhenItLetsUs() {
    Recorded theirs = new Recorded();
    queue.adopt(theirs);
    send(STANZA);
    assertThat(dialed).isEmpty();
    assertThat(theirs.written).hasSize(1);
    theirs.close("gone");
    send(STANZA);
    assertThat(dialed).hasSize(1);
  }
}
