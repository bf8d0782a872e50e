// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final ManualTimers timers = new ManualTimers();
  private final List<Recorded> dialed = new ArrayList<>();
  private final List<Element> undelivered = new ArrayList<>();
  private final OutgoingQueue queue =
      new OutgoingQueue(
          PAIR, 1_000, SILENCE, this::dial, (stanza, why) -> undelivered.add(stanza), timers);

  private static final class Recorded implements OutgoingStream {
    final List<String> written = new ArrayList<>();
    final CompletableFuture<StreamFailure> ended = new CompletableFuture<>();
    boolean heard;

    String end() {
      return ended.isDone() ? ended.join().message() : "not ended";
    }

    String last() {
      return written.get(written.size() - 1);
    }

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
    pass(SILENCE);
    assertThat(stream.written).last().asString().contains("urn:xmpp:ping");
    assertThat(stream.ended).isNotDone();
    pass(SILENCE);
    assertThat(stream.end()).contains("connection-timeout");
    send(STANZA);
    assertThat(dialed).hasSize(2);
    assertThat(undelivered).isEmpty();
  }

  @Test
  void streamShouldBeKeptWhenThePingIsAnswered() {
    send(STANZA);
    pass(SILENCE);
    queue.answered(pong(dialed.get(0)));
    pass(SILENCE);
    pass(SILENCE);
    assertThat(dialed.get(0).ended).isNotDone();
    assertThat(dialed.get(0).written).filteredOn(xml -> xml.contains("urn:xmpp:ping")).hasSize(1);
    assertThat(dialed.get(0).written).last().isEqualTo(" ");
  }

  /** What answers the last ping on a stream. */
  private static Element pong(Recorded stream) {
    Matcher id = Pattern.compile(" id=\"(alive-[^\"]+)\"").matcher(stream.last());
    assertThat(id.find()).isTrue();
    return Element.of(Element.STANZAS, "iq").with("type", "error").with("id", id.group(1));
  }

  @Test
  void streamShouldBeGivenUpWhenOnlyAPingOnAnotherStreamIsAnswered() {
    send(STANZA);
    pass(SILENCE);
    Element pong = pong(dialed.get(0));
    dialed.get(0).close("gone");
    timers.pass(SILENCE);
    send(STANZA);
    pass(SILENCE);
    queue.answered(pong);
    pass(SILENCE);
    assertThat(dialed.get(1).end()).contains("connection-timeout");
  }

  @Test
  void streamShouldBeGivenUpWhenAnswersThatWereSentLeadNowhere() {
    send(Element.of(Element.STANZAS, "iq").with("type", "result"));
    pass(SILENCE);
    pass(SILENCE);
    assertThat(dialed.get(0).end()).contains("connection-timeout");
  }

  @Test
  void nobodyShouldBePingedWhenNothingWasSentSinceTheLastAnswer() {
    Recorded theirs = new Recorded();
    queue.adopt(theirs);
    send(STANZA);
    theirs.heard = true;
    pass(SILENCE);
    pass(SILENCE);
    assertThat(theirs.written).noneMatch(xml -> xml.contains("urn:xmpp:ping"));
    assertThat(theirs.ended).isNotDone();
  }

  @Test
  void streamShouldBeClosedWhenItIsNotUsed() {
    send(STANZA);
    pass(LiveStream.IDLE.plusSeconds(1));
    assertThat(dialed.get(0).ended).isDone();
    assertThat(queue.isOver()).isTrue();
  }

  @Test
  void streamThatGoesBothWaysShouldBeKeptWhenOnlyTheOtherSideUsesIt() {
    Recorded theirs = new Recorded();
    queue.adopt(theirs);
    for (int i = 0; i < 10; i++) {
      theirs.heard = true;
      pass(LiveStream.IDLE.minusSeconds(1));
    }
    assertThat(theirs.ended).isNotDone();
    pass(LiveStream.IDLE.plusSeconds(1));
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

  @Test
  void newestStreamShouldTakeWhatIsSentWhenTheOtherSideComesAgain() {
    Recorded lost = new Recorded();
    Recorded newest = new Recorded();
    queue.adopt(lost);
    queue.adopt(newest);
    send(STANZA);
    assertThat(lost.written).isEmpty();
    assertThat(newest.written).hasSize(1);
    assertThat(lost.ended).isNotDone();
    lost.close("at last");
    send(STANZA);
    assertThat(newest.written).hasSize(2);
  }

  @Test
  void ourStreamShouldBeClosedWhenANewerOneIsThereAndNobodyUsesIt() {
    send(STANZA);
    Recorded ours = dialed.get(0);
    Recorded theirs = new Recorded();
    queue.adopt(theirs);
    ours.heard = true;
    pass(LiveStream.IDLE.minusSeconds(1));
    assertThat(ours.ended).isNotDone();
    ours.heard = true;
    theirs.heard = true;
    pass(LiveStream.IDLE.minusSeconds(1));
    assertThat(ours.ended).isNotDone();
    theirs.heard = true;
    pass(LiveStream.IDLE.plusSeconds(1));
    assertThat(ours.ended).isDone();
    assertThat(theirs.ended).isNotDone();
  }
}
