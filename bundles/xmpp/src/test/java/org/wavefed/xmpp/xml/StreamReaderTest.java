// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReaderTest {
  private static final String OPEN =
      "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
          + " xmlns:stream='http://etherx.jabber.org/streams' id='s1' from='wave.a.example'>";
  private static final String STANZA =
      "<message xml:lang='en' id='m&amp;1' from='wave.b.example' to='wave.a.example'>"
          + "<event xmlns='urn:e'><item a='1' b='ü€😀'>é<![CDATA[<&>]]>&lt;😀</item><item/></event>"
          + "</message>";
  private static final XmlLimits SMALL = new XmlLimits(400, 4, 10, 4, 40);

  @Test
  void streamShouldGiveTheSameEventsWhenItComesByteByByte() {
    assertThat(read(SMALL, 1, OPEN + STANZA + " \n" + STANZA + "</stream:stream>"))
        .isEqualTo(expected());
  }

  @Test
  void streamShouldGiveTheSameEventsWhenSplitAnywhere() {
    byte[] all = (OPEN + STANZA + STANZA + "</stream:stream>").getBytes(UTF_8);
    for (int split = 0; split <= all.length; split++) {
      StreamReader reader = new StreamReader(SMALL);
      List<StreamEvent> events = new ArrayList<>(reader.read(all, 0, split));
      events.addAll(reader.read(all, split, all.length - split));
      assertThat(events).as("split at %d", split).isEqualTo(expected());
    }
  }

  private static List<StreamEvent> expected() {
    Element header =
        Element.of(StreamError.STREAMS, "stream").with("id", "s1").with("from", "wave.a.example");
    Element item = Element.of("urn:e", "item").with("a", "1").with("b", "ü€😀").withText("é<&><😀");
    Element stanza =
        Element.of(
                Element.STANZAS,
                "message",
                Element.of("urn:e", "event", item, Element.of("urn:e", "item")))
            .with("xml:lang", "en")
            .with("id", "m&1")
            .with("from", "wave.b.example")
            .with("to", "wave.a.example");
    return List.of(
        new StreamEvent.Opened(new StreamHeader("jabber:component:accept", header)),
        new StreamEvent.Received(stanza),
        new StreamEvent.Received(stanza),
        new StreamEvent.Closed());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 5000})
  void streamShouldGoOnWhenAStanzaIsTooLong(int piece) {
    String big = "<iq id='big' type='get'><q xmlns='u'>" + "x".repeat(3000) + "</q></iq>";
    assertSkipped(piece, big, "it is longer than 400 characters");
  }

  @Test
  void streamShouldEndWhenAStanzaDoesNot() {
    StreamReader reader = new StreamReader(SMALL);
    byte[] words = "words ".repeat(10_000).getBytes(UTF_8);
    reader.read((OPEN + "<message><body>").getBytes(UTF_8), 0, OPEN.length() + 15);
    List<StreamEvent> events = List.of();
    int pieces = 0;
    while (events.isEmpty() && pieces < 1_000) {
      events = reader.read(words, 0, words.length);
      pieces++;
    }
    assertThat(pieces).isEqualTo(10_485_760 / words.length + 1);
    assertThat(events)
        .containsExactly(
            new StreamEvent.Failed(
                new StreamError("policy-violation", "a stanza exceeds 10485760 bytes")));
  }

  @Test
  void streamShouldGoOnWhenManyStanzasAreLongTogether() {
    StreamReader reader = new StreamReader(SMALL);
    reader.read(OPEN.getBytes(UTF_8), 0, OPEN.length());
    byte[] piece = ("x</a>" + "<a>word</a>".repeat(10_000) + "<a>").getBytes(UTF_8);
    reader.read("<a>".getBytes(UTF_8), 0, 3);
    for (int i = 0; i < 200; i++) {
      assertThat(reader.read(piece, 0, piece.length)).hasSize(10_001);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5000})
  void streamShouldGoOnWhenAStanzaIsTooDeep(int piece) {
    String deep = "<iq id='big' type='get'>" + "<a>".repeat(30) + "</a>".repeat(30) + "</iq>";
    assertSkipped(piece, deep, "deeper than 4");
  }

  @Test
  void streamShouldGoOnWhenAStanzaIsAsDeepAsXmppServersLetPass() {
    String deep = "<a>".repeat(10_000) + "</a>".repeat(10_000);
    assertThat(read(XmlLimits.afterAuthentication(1 << 20), 5000, OPEN + deep + STANZA))
        .hasSize(3)
        .satisfies(e -> assertThat(e.get(1)).isInstanceOf(StreamEvent.Skipped.class))
        .satisfies(e -> assertThat(e.get(2)).isInstanceOf(StreamEvent.Received.class));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5000})
  void streamShouldGoOnWhenAStanzaHasTooManyElements(int piece) {
    assertSkipped(piece, "<iq id='big' type='get'>" + "<a/>".repeat(30) + "</iq>", "10 elements");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a b='1' c='2' d='3' e='4' f='5'/>",
        "<a b='12345678901234567890123456789012345678901'/>"
      })
  void streamShouldGoOnWhenAttributesAreTooMuch(String child) {
    assertSkipped(1, "<iq id='big' type='get'>" + child + "</iq>", "attribute");
  }

  private static void assertSkipped(int piece, String stanza, String fault) {
    List<StreamEvent> events = read(SMALL, piece, OPEN + stanza + STANZA);
    assertThat(events).hasSize(3);
    assertThat(events.get(1)).isInstanceOf(StreamEvent.Skipped.class);
    StreamEvent.Skipped skipped = (StreamEvent.Skipped) events.get(1);
    assertThat(skipped.fault()).contains(fault);
    assertThat(skipped.envelope().attribute("id")).hasValue("big");
    assertThat(skipped.envelope().children()).isEmpty();
    assertThat(events.get(2)).isEqualTo(expected().get(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void streamShouldFailWhenATagNeverEnds(int piece) {
    String endless = OPEN + "<iq id='" + "x".repeat(2000);
    assertThat(read(SMALL, piece, endless))
        .hasSize(2)
        .last()
        .satisfies(e -> failed(e, "policy-violation"));
  }

  @Test
  void streamShouldFailWhenATagHasVeryManyAttributes() {
    StringBuilder tag = new StringBuilder(OPEN + "<iq");
    for (int i = 0; i < 100_000; i++) {
      tag.append(" a").append(i).append("='>'");
    }
    // The parser alone takes minutes.
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThat(read(XmlLimits.afterAuthentication(10_000_000), 5000, tag + "/>"))
                .hasSize(2)
                .last()
                .satisfies(e -> failed(e, "policy-violation")));
  }

  @Test
  void streamShouldFailWhenItsNamesNeverEnd() {
    StringBuilder stanzas = new StringBuilder(OPEN);
    for (int i = 0; i < 3_000; i++) {
      stanzas.append("<a%1$d b%1$d='1'><c%1$d:d xmlns:c%1$d='e'/></a%1$d>".formatted(i));
    }
    assertThat(read(SMALL, 5000, stanzas.toString()))
        .hasSizeBetween(2_000, 3_000)
        .last()
        .satisfies(e -> failed(e, "policy-violation"));
  }

  @Test
  void streamShouldGoOnWhenAStanzaHasTooManyAttributesInAll() {
    String children = "<a b='1' c='2' d='3'/>".repeat(4);
    assertSkipped(100, "<iq id='big' type='get'>" + children + "</iq>", "10 attributes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!-", "<!D", "<iq><!-"})
  void streamShouldFailAtOnceWhenSomethingForbiddenBegins(String begin) {
    assertThat(read(SMALL, 1, OPEN + begin))
        .hasSize(2)
        .last()
        .satisfies(e -> failed(e, "restricted-xml"));
    assertThat(read(SMALL, 1, begin.substring(begin.length() - 3)))
        .singleElement()
        .satisfies(e -> failed(e, "restricted-xml"));
  }

  @Test
  void readerShouldSayWhetherSomethingIsUnfinished() {
    StreamReader reader = new StreamReader(SMALL);
    assertThat(isUnfinishedAfter(reader, OPEN)).isFalse();
    assertThat(isUnfinishedAfter(reader, "<i")).isTrue();
    assertThat(isUnfinishedAfter(reader, "q>")).isTrue();
    assertThat(isUnfinishedAfter(reader, "</iq>")).isFalse();
    assertThat(isUnfinishedAfter(reader, " ")).isFalse();
  }

  private static boolean isUnfinishedAfter(StreamReader reader, String piece) {
    byte[] bytes = piece.getBytes(UTF_8);
    reader.read(bytes, 0, bytes.length);
    return reader.isUnfinished();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- comment -->",
        "<iq><!-- comment --></iq>",
        "<?target data?>",
        "<iq>&unknown;</iq>",
        "<iq a='&unknown;'/>",
        "<iq>&#0;</iq>",
        "<iq a='1' a='2'/>",
        "<iq><x></y></iq>",
        "<p:iq/>",
        "</iq>",
        "text",
        "<![CDATA[x]]>",
        "<iq a=\"<\"/>",
        "<iq>\u0001</iq>",
        "<!DOCTYPE a>"
      })
  void streamShouldFailWhenItIsNotXmppsXml(String junk) {
    for (int piece : new int[] {1, 1000}) {
      assertThat(read(SMALL, piece, OPEN + junk + STANZA))
          .as("%s in pieces of %d", junk, piece)
          .hasSize(2)
          .last()
          .isInstanceOf(StreamEvent.Failed.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE s [<!ENTITY a 'b'>]><s/>",
        "<!DOCTYPE s SYSTEM 'file:///etc/passwd'><s/>",
        "<stream xmlns='x'>",
        "HTTP/1.1 400 Bad Request",
        "<?xml version='1.0' encoding='ISO-8859-1'?><s/>",
        "\u0000\u0001"
      })
  void streamShouldFailWhenItStartsWithSomethingElse(String start) {
    for (int piece : new int[] {1, 1000}) {
      assertThat(read(SMALL, piece, start))
          .hasSize(1)
          .first()
          .isInstanceOf(StreamEvent.Failed.class);
    }
  }

  @Test
  void streamShouldFailWhenItIsNotUtf8() {
    byte[] bytes = (OPEN + "<iq>?</iq>").getBytes(UTF_8);
    bytes[bytes.length - 6] = (byte) 0xC3;
    StreamReader reader = new StreamReader(SMALL);
    assertThat(reader.read(bytes, 0, bytes.length))
        .last()
        .satisfies(e -> failed(e, "not-well-formed"));
  }

  @Test
  void streamShouldSayNothingWhenItIsTruncated() {
    assertThat(read(SMALL, 3, OPEN + STANZA.substring(0, STANZA.length() - 1))).hasSize(1);
  }

  @Test
  void streamShouldBeSilentAfterAFailure() {
    StreamReader reader = new StreamReader(SMALL);
    byte[] junk = "junk".getBytes(UTF_8);
    byte[] good = (OPEN + STANZA).getBytes(UTF_8);
    assertThat(reader.read(junk, 0, junk.length)).hasSize(1);
    assertThat(reader.read(good, 0, good.length)).isEmpty();
  }

  @Test
  void readerShouldNeverThrowWhenBytesAreDamaged() {
    byte[] good = (OPEN + STANZA + STANZA + "</stream:stream>").getBytes(UTF_8);
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] damaged = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      StreamReader reader = new StreamReader(SMALL);
      int split = random.nextInt(damaged.length);
      int at = seed;
      assertThatCode(
              () -> {
                reader.read(damaged, 0, split);
                reader.read(damaged, split, damaged.length - split);
              })
          .as("seed %d", at)
          .doesNotThrowAnyException();
    }
  }

  private static void failed(StreamEvent event, String condition) {
    assertThat(event).isInstanceOf(StreamEvent.Failed.class);
    assertThat(((StreamEvent.Failed) event).error().condition()).isEqualTo(condition);
  }

  private static List<StreamEvent> read(XmlLimits limits, int piece, String xml) {
    StreamReader reader = new StreamReader(limits);
    byte[] all = xml.getBytes(UTF_8);
    List<StreamEvent> events = new ArrayList<>();
    for (int at = 0; at < all.length; at += piece) {
      byte[] part = Arrays.copyOfRange(all, at, Math.min(all.length, at + piece));
      events.addAll(reader.read(part, 0, part.length));
    }
    return events;
  }
}
