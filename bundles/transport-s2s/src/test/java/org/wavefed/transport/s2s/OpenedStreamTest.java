// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wavefed.model.Bytes;
import org.wavefed.xmpp.netty.StreamChannel;
import org.wavefed.xmpp.stream.StreamSettings;
import org.wavefed.xmpp.stream.XmppStream;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.XmlLimits;

/** What comes back on a stream of ours: without sockets. */
class OpenedStreamTest {
  private static final Pair PAIR = new Pair("wave.acmewave.example", "wave.initech.example");
  private static final String HEADER =
      "<stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams'"
          + " xmlns:db='jabber:server:dialback' id='1' version='1.0'>";
  private static final String EXTERNAL =
      "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>EXTERNAL</mechanism></mechanisms>";
  private static final String BIDI = "<bidi xmlns='urn:xmpp:features:bidi'/>";

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final DialbackKeys keys = new DialbackKeys();
  private final List<Element> received = new ArrayList<>();

  private final IncomingStream.Receiver receiver =
      new IncomingStream.Receiver() {
        @Override
        public void received(Element stanza) {
          received.add(stanza);
        }

        @Override
        public void refused(Element envelope, String fault) {
          received.add(envelope);
        }

        @Override
        public void opened(Pair pair, OutgoingStream stream) {
          throw new AssertionError("it is ours");
        }
      };

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void open(String bidi) {
    Security security = new Security();
    security.encrypted(List.of(Bytes.copyOf(new byte[] {1})));
    PeerPolicy policy =
        new PeerPolicy(
            new PeerPolicy.Rules(true, List.of(), true),
            () -> Optional.of((chain, domain, purpose) -> {}));
    OutgoingNegotiation negotiation =
        new OutgoingNegotiation(
            PAIR, new OutgoingNegotiation.Goal.Stanzas(), security, policy, keys);
    Duration plenty = Duration.ofMinutes(1);
    XmppStream stream =
        new XmppStream(
            negotiation,
            new StreamSettings(
                XmlLimits.afterAuthentication(10_000), plenty, plenty, plenty, Optional.empty()));
    OpenedStream opening = new OpenedStream(PAIR, negotiation, receiver, keys);
    new StreamChannel(stream, opening).addTo(channel.pipeline(), plenty);
    say(HEADER + "<stream:features>" + EXTERNAL + bidi + "</stream:features>");
    say("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
    say(HEADER + "<stream:features/>");
    assertThat(opening.opened()).isCompleted();
    heard();
  }

  private void say(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, UTF_8));
  }

  /** What we said since this was asked. */
  private String heard() {
    StringBuilder heard = new StringBuilder();
    for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
      heard.append(piece.toString(UTF_8));
      piece.release();
    }
    return heard.toString();
  }

  @Test
  void stanzaShouldBeTakenWhenItIsOfThePair() {
    open(BIDI);
    say("<message from='wave.initech.example/x' to='wave.acmewave.example'/>");
    assertThat(received).hasSize(1);
    assertThat(heard()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<message to='wave.acmewave.example'/> | improper-addressing",
        "<message from='wave.initech.example'/> | improper-addressing",
        "<message from='evil.example' to='wave.acmewave.example'/> | invalid-from",
        "<message from='wave.initech.example' to='acmewave.example'/> | invalid-from",
        "<wave from='wave.initech.example' to='wave.acmewave.example'/> | unsupported-stanza-type",
        "<iq xmlns='urn:x' from='wave.initech.example' to='wave.acmewave.example'/>"
            + " | unsupported-stanza-type",
        "<db:result from='wave.initech.example' to='wave.acmewave.example'>key</db:result>"
            + " | unsupported-stanza-type",
      })
  void streamShouldEndWithItsErrorWhenSomethingElseComes(String what, String error) {
    open(BIDI);
    say(what);
    assertThat(received).isEmpty();
    assertThat(heard()).startsWith("<stream:error><" + error + " ").endsWith("</stream:stream>");
  }

  @Test
  void streamShouldEndWhenAnythingComesAndItGoesOneWay() {
    open("");
    say("<message from='wave.initech.example' to='wave.acmewave.example'/>");
    assertThat(received).isEmpty();
    assertThat(heard()).startsWith("<stream:error><not-authorized ");
  }

  /** As of those who look for any stream of the pair when we dial back on another one. */
  @Test
  void questionAboutAKeyShouldBeAnswered() {
    open(BIDI);
    String verify = "<db:verify from='wave.initech.example' to='wave.acmewave.example' id='7'>";
    say(verify + keys.key(PAIR, "7") + "</db:verify>");
    assertThat(heard()).startsWith("<db:verify ").contains("id='7'", "type='valid'");
    say(verify + "another</db:verify>");
    assertThat(heard()).contains("type='invalid'");
    assertThat(received).isEmpty();
  }
}
