// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters written by number or name, cut at every byte. */
class CharacterReferencesTest {
  private static final XmlLimits LIMITS = new XmlLimits(400, 4, 10, 4, 40);
  private static final String OPEN =
      "<stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams'>";

  static Stream<String> references() {
    return Stream.of(
        "&#65;|A",
        "&#x41;|A",
        "&#x000000041;|A",
        "&amp;|&",
        "&lt;&gt;&quot;&apos;|<>\"'",
        "&#60;|<",
        "&#38;#65;|&#65;",
        "&#9;&#10;&#13;|\t\n\r",
        "&#xD7FF;&#xE000;|\uD7FF\uE000",
        "&#128512;|😀",
        "&#x1F600;&#x10FFFF;|😀\uDBFF\uDFFF");
  }

  @ParameterizedTest
  @MethodSource("references")
  void textShouldBeReadWhenItHoldsReferencesAnywhere(String both) {
    String xml = both.substring(0, both.indexOf('|'));
    String text = both.substring(both.indexOf('|') + 1);
    for (String[] around :
        new String[][] {{"", ""}, {"", "z"}, {"é", ""}, {"a", "&amp;"}, {"&#66;", "é"}}) {
      String before = around[0].replace("&#66;", "B");
      String after = around[1].replace("&amp;", "&");
      assertRead(
          "<iq>" + around[0] + xml + around[1] + "</iq>",
          Element.of(Element.STANZAS, "iq").withText(before + text + after));
      assertRead(
          "<iq a='" + around[0] + xml + around[1] + "'/>",
          Element.of(Element.STANZAS, "iq").with("a", before + text + after));
    }
  }

  @ParameterizedTest
  @MethodSource("references")
  void textShouldBeReadWhenReferencesStandBesideElements(String both) {
    String xml = both.substring(0, both.indexOf('|'));
    String text = both.substring(both.indexOf('|') + 1);
    Element empty = Element.of(Element.STANZAS, "b");
    assertRead(
        "<iq><b/>" + xml + "<b>" + xml + "</b>" + xml + "</iq>",
        Element.of(Element.STANZAS, "iq", empty, empty.withText(text)).withText(text + text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&#0;",
        "&#x0;",
        "&#8;",
        "&#xD800;",
        "&#xDFFF;",
        "&#xFFFE;",
        "&#xFFFF;",
        "&#x110000;",
        "&#99999999999;",
        "&#;",
        "&#x;",
        "&#xg;",
        "&#6a;",
        "&;",
        "&unknown;",
        "& ",
        "&#65 "
      })
  void streamShouldFailWhenAReferenceIsIllegal(String reference) {
    for (String stanza :
        List.of(
            "<iq>" + reference + "</iq>",
            "<iq>a" + reference + "</iq>",
            "<iq a='" + reference + "'/>",
            "<iq a='a" + reference + "'/>")) {
      for (int split = 0; split <= bytes(stanza).length; split++) {
        List<StreamEvent> events = read(stanza, split);
        assertThat(events).as("%s split at %d", stanza, split).hasSize(2);
        assertThat(events.get(1)).isInstanceOf(StreamEvent.Failed.class);
      }
    }
  }

  /** White space written by number is still text, but nobody keeps a stream alive like that. */
  @ParameterizedTest
  @CsvSource({"&#65;", "&#x1F600;", "&amp;"})
  void streamShouldFailWhenReferencesStandBetweenStanzas(String reference) {
    for (int split = 0; split <= reference.length(); split++) {
      assertThat(read(reference + "<iq/>", split)).last().isInstanceOf(StreamEvent.Failed.class);
    }
  }

  private static void assertRead(String stanza, Element element) {
    int length = bytes(stanza).length;
    for (int split = 0; split <= length; split++) {
      assertThat(read(stanza + stanza, split))
          .as("%s split at %d", stanza, split)
          .endsWith(new StreamEvent.Received(element), new StreamEvent.Received(element))
          .hasSize(3);
    }
    StreamReader reader = opened();
    List<StreamEvent> events = new ArrayList<>();
    for (byte one : bytes(stanza)) {
      events.addAll(reader.read(new byte[] {one}, 0, 1));
    }
    assertThat(events)
        .as("%s byte by byte", stanza)
        .containsExactly(new StreamEvent.Received(element));
  }

  private static StreamReader opened() {
    StreamReader reader = new StreamReader(LIMITS);
    reader.read(bytes(OPEN), 0, bytes(OPEN).length);
    return reader;
  }

  private static List<StreamEvent> read(String stanzas, int split) {
    byte[] all = bytes(OPEN + stanzas);
    int cut = bytes(OPEN).length + split;
    StreamReader reader = new StreamReader(LIMITS);
    List<StreamEvent> events = new ArrayList<>(reader.read(all, 0, cut));
    events.addAll(reader.read(all, cut, all.length - cut));
    return events;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
