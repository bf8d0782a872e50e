// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XmlWriterTest {
  @Test
  void stanzaShouldTakeTheNamespaceOfItsStream() {
    Element forwarded = Element.of("urn:f", "f", Element.of(Element.STANZAS, "message"));
    Element stanza = Element.of(Element.STANZAS, "iq", forwarded).with("id", "1");
    assertThat(XmlWriter.write(stanza, "jabber:server"))
        .isEqualTo("<iq id=\"1\"><f xmlns=\"urn:f\"><message xmlns=\"jabber:server\"/></f></iq>");
  }

  @Test
  void textShouldBeEscapedWhenItIsMarkup() {
    Element element = Element.of("u", "a").with("b", "'\"<>&\n").withText("</a>&\u0000\uFFFF");
    assertThat(XmlWriter.write(element, "u"))
        .isEqualTo("<a b=\"&apos;&quot;&lt;&gt;&amp;&#10;\">&lt;/a&gt;&amp;\uFFFD\uFFFD</a>");
  }

  @Test
  void attributeShouldKeepItsNamespace() {
    Element element = Element.of("u", "a").with("{urn:x}b", "1").with("xml:lang", "en");
    assertThat(XmlWriter.write(element, "u"))
        .isEqualTo("<a xmlns:a=\"urn:x\" a:b=\"1\" xml:lang=\"en\"/>");
  }
}
