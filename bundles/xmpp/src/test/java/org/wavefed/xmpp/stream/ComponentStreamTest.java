// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.XmlLimits;

/** The example of XEP-0114, and what can go wrong with it. */
class ComponentStreamTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String HEADER =
      "<stream:stream xmlns:stream='http://etherx.jabber.org/streams'"
          + " xmlns='jabber:component:accept' from='plays.shakespeare.lit' id='3BF96D32'>";
  private static final Element PROBE = Element.of(Element.STANZAS, "iq").with("id", "probe");

  private final XmppStream stream =
      new XmppStream(
          new ComponentNegotiation("plays.shakespeare.lit", "secret"),
          new StreamSettings(
              XmlLimits.afterAuthentication(1000),
              Duration.ofSeconds(20),
              Duration.ofSeconds(60),
              Duration.ofSeconds(30),
              Optional.of(PROBE)));

  private List<StreamAction> receive(String xml, long now) {
    byte[] bytes = xml.getBytes(UTF_8);
    return stream.received(bytes, 0, bytes.length, now);
  }

  private void establish() {
    stream.connected(0);
    receive(HEADER, 0);
    assertThat(receive("<handshake/>", 0)).containsExactly(new StreamAction.Established());
  }

  private static void assertClosed(List<StreamAction> actions, StreamFailure.Kind kind) {
    assertThat(actions).isNotEmpty().last().isInstanceOf(StreamAction.Close.class);
    StreamAction.Close close = (StreamAction.Close) actions.get(actions.size() - 1);
    assertThat(close.failure().kind()).isEqualTo(kind);
    assertThat(actions.get(actions.size() - 2).toString()).contains("</stream:stream>");
  }

  @Test
  void componentShouldSendTheDigestOfIdAndSecret() {
    assertThat(stream.connected(0))
        .containsExactly(
            new StreamAction.Write(
                "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
                    + " xmlns:stream='http://etherx.jabber.org/streams'"
                    + " to='plays.shakespeare.lit'>"));
    // SHA-1 of "3BF96D32secret".
    assertThat(receive("<?xml version='1.0'?>" + HEADER, 0))
        .containsExactly(
            new StreamAction.Write(
                "<handshake>b09ea9b3b7f586be8a08d0a3dd7466f110aeb136</handshake>"));
  }

  @Test
  void stanzasShouldFlowWhenEverythingComesAtOnce() {
    stream.connected(0);
    List<StreamAction> actions =
        receive(HEADER + "<handshake></handshake><iq id='1'/></stream:stream>", 0);
    assertThat(actions)
        .contains(
            new StreamAction.Established(),
            new StreamAction.Deliver(Element.of(Element.STANZAS, "iq").with("id", "1")));
    assertClosed(actions, StreamFailure.Kind.CLOSED);
  }

  @Test
  void stanzasShouldFlowWhenEverythingComesByteByByte() {
    stream.connected(0);
    List<StreamAction> actions = new ArrayList<>();
    (HEADER + "<handshake></handshake><iq id='1'/>")
        .chars()
        .forEach(c -> actions.addAll(receive(Character.toString(c), 0)));
    assertThat(actions)
        .endsWith(
            new StreamAction.Established(),
            new StreamAction.Deliver(Element.of(Element.STANZAS, "iq").with("id", "1")));
  }

  @ParameterizedTest
  @CsvSource({
    "not-authorized, NOT_AUTHORIZED",
    "host-unknown, REFUSED",
    "conflict, REFUSED",
    "system-shutdown, CLOSED"
  })
  void streamErrorShouldEndTheStream(String condition, StreamFailure.Kind kind) {
    stream.connected(0);
    receive(HEADER, 0);
    List<StreamAction> actions =
        receive(
            "<stream:error><%s xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"
                .formatted(condition),
            0);
    assertClosed(actions, kind);
    assertThat(receive("</stream:stream>", 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='1'>",
        "<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams'>",
        "HTTP/1.1 400 Bad Request\r\n",
        "<html>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>"
      })
  void streamShouldEndWhenTheServerIsNoComponentServer(String start) {
    stream.connected(0);
    assertClosed(receive(start, 0), StreamFailure.Kind.PROTOCOL);
  }

  @Test
  void streamShouldEndWhenTheHandshakeIsAnsweredWithSomethingElse() {
    stream.connected(0);
    receive(HEADER, 0);
    assertClosed(receive("<iq id='1'/>", 0), StreamFailure.Kind.PROTOCOL);
  }

  @Test
  void streamShouldEndWhenAStrangerSendsTooMuch() {
    stream.connected(0);
    receive(HEADER, 0);
    assertClosed(receive("<x>" + "y".repeat(70_000) + "</x>", 0), StreamFailure.Kind.PROTOCOL);
  }

  @Test
  void oversizedStanzaShouldBeRefusedAndTheStreamGoOn() {
    establish();
    List<StreamAction> actions =
        receive("<iq id='big'>" + "y".repeat(2000) + "</iq><iq id='2'/>", 0);
    assertThat(actions).hasSize(2);
    assertThat(actions.get(0)).isInstanceOf(StreamAction.Refuse.class);
    assertThat(actions.get(1)).isInstanceOf(StreamAction.Deliver.class);
  }

  @Test
  void streamShouldEndWhenTheHandshakeTakesTooLong() {
    stream.connected(0);
    assertThat(stream.untilTick(5 * SECOND)).isEqualTo(15 * SECOND);
    receive(HEADER, 19 * SECOND);
    assertThat(stream.tick(19 * SECOND)).isEmpty();
    assertClosed(stream.tick(20 * SECOND), StreamFailure.Kind.TIMED_OUT);
    assertThat(stream.tick(21 * SECOND)).isEmpty();
  }

  @Test
  void silentServerShouldBeProbedOnceAndThenGivenUp() {
    establish();
    assertThat(stream.tick(29 * SECOND)).isEmpty();
    assertThat(stream.tick(30 * SECOND))
        .containsExactly(new StreamAction.Write("<iq id=\"probe\"/>"));
    assertThat(stream.tick(59 * SECOND)).isEmpty();
    assertClosed(stream.tick(60 * SECOND), StreamFailure.Kind.TIMED_OUT);
  }

  @Test
  void serverShouldCountAsAliveWhenAnythingComes() {
    establish();
    stream.tick(30 * SECOND);
    assertThat(receive(" ", 59 * SECOND)).isEmpty();
    assertThat(stream.tick(60 * SECOND)).isEmpty();
    assertThat(stream.untilTick(60 * SECOND)).isEqualTo(29 * SECOND);
  }

  @Test
  void streamShouldEndWhenAStrangerSendsWhiteSpaceWithoutEnd() {
    stream.connected(0);
    receive(HEADER, 0);
    assertThat(receive(" ".repeat(200_000), 0)).isEmpty();
    assertClosed(receive(" ".repeat(100_000), 0), StreamFailure.Kind.PROTOCOL);
  }

  @Test
  void streamShouldEndWhenAStanzaIsNotCompletedInTime() {
    establish();
    receive("<iq id='1'>", 5 * SECOND);
    receive("<a>", 34 * SECOND);
    receive("</a>", 63 * SECOND);
    assertThat(stream.untilTick(63 * SECOND)).isEqualTo(2 * SECOND);
    assertThat(stream.tick(64 * SECOND)).isEmpty();
    assertClosed(stream.tick(65 * SECOND), StreamFailure.Kind.TIMED_OUT);
  }

  @Test
  void everyStanzaShouldHaveItsOwnTime() {
    establish();
    for (int i = 0; i < 10; i++) {
      receive("<iq id='1'></iq><iq id='2'>", i * 29 * SECOND);
      receive("</iq>", i * 29 * SECOND + SECOND);
      receive("<iq id='3'>", i * 29 * SECOND + 2 * SECOND);
      assertThat(receive("</iq><iq", i * 29 * SECOND + 28 * SECOND)).hasSize(1);
      receive("/>", i * 29 * SECOND + 28 * SECOND);
      assertThat(stream.tick(i * 29 * SECOND + 28 * SECOND)).isEmpty();
    }
  }

  @Test
  void nothingShouldBeSentInPlainTextWhenTlsDoesNotComeInTime() {
    stream.awaitsTls(0);
    assertThat(stream.tick(20 * SECOND)).singleElement().isInstanceOf(StreamAction.Close.class);
  }

  @Test
  void failureShouldBeOneLineWhateverTheOtherSideSays() {
    String text = "no\n2026-01-01 WARN all is lost\u001b[31m\u2028\u202e" + "x".repeat(1000);
    StreamFailure failure = new StreamFailure(StreamFailure.Kind.REFUSED, text);
    assertThat(failure.message())
        .startsWith("no 2026-01-01 WARN all is lost [31m x")
        .hasSizeLessThanOrEqualTo(500);
  }
}
