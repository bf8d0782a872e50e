// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wavefed.transport.FailureReason;
import org.wavefed.xmpp.xml.Element;

class StanzaCodecTest {
  private static final String WAVE = "xmlns='http://waveprotocol.org/protocol/0.2/waveserver'";
  private static final String PUBSUB = "xmlns='http://jabber.org/protocol/pubsub'";
  private static final String NAME = "wavelet-name='wave://a.example/w+x/conv+root'";

  private static ParsedStanza iq(String type, String content) {
    return StanzaCodec.read(
        "<iq type='%s' id='1' from='wave.b.example' to='wave.a.example'>%s</iq>"
            .formatted(type, content));
  }

  private static String submit(String node, String delta) {
    return "<pubsub %s><publish%s><item><submit-request %s>%s</submit-request></item></publish></pubsub>"
        .formatted(PUBSUB, node, WAVE, delta);
  }

  private static String delta(String name, String base64) {
    return "<delta %s>%s</delta>".formatted(name, base64);
  }

  private static Stanza accepted(ParsedStanza parsed) {
    assertThat(parsed).isInstanceOf(ParsedStanza.Accepted.class);
    return ((ParsedStanza.Accepted) parsed).stanza();
  }

  private static ParsedStanza.Refused refused(ParsedStanza parsed) {
    assertThat(parsed).isInstanceOf(ParsedStanza.Refused.class);
    return (ParsedStanza.Refused) parsed;
  }

  @Test
  void base64ShouldBeReadWhenItHasWhiteSpace() {
    Stanza stanza = accepted(iq("set", submit(" node='wavelet'", delta(NAME, " YWJj\n  ZGVm\t"))));
    assertThat(((Payload.Submit) stanza.payload()).signedDelta().toArray())
        .asString()
        .isEqualTo("abcdef");
  }

  @Test
  void refusalShouldBeAnErrorThatEchoesNothing() {
    Stanza answer = refused(iq("set", submit("", delta(NAME, "YWJj")))).answer().orElseThrow();
    assertThat(StanzaCodec.write(answer))
        .hasToString(
            "<iq type=\"error\" id=\"1\" from=\"wave.a.example\" to=\"wave.b.example\">"
                + "<error code=\"400\" type=\"modify\">"
                + "<bad-request xmlns=\"urn:ietf:params:xml:ns:xmpp-stanzas\"/>"
                + "<text xmlns=\"urn:ietf:params:xml:ns:xmpp-stanzas\" xml:lang=\"en\">"
                + "&lt;publish&gt; lacks node</text></error></iq>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " node='other' | <delta %s>YWJj</delta> | must be 'wavelet' or 'signer'",
        " node='wavelet' | <delta>YWJj</delta> | lacks wavelet-name",
        " node='wavelet' | <delta wavelet-name='a.example/w+x/conv+root'>YWJj</delta> | a.example",
        " node='wavelet' | <delta %s>YWJjZ</delta> | is not base64",
        " node='wavelet' | <delta %s>!</delta> | is not base64",
        " node='wavelet' | <delta %s/> | is empty",
        " node='wavelet' | <delta %s>YWJj</delta><delta %s>YWJj</delta> | more than one",
        " node='wavelet' | <other/> | lacks <delta>"
      })
  void submitShouldBeRefusedWhenItIsMalformed(String node, String content, String text) {
    ParsedStanza.Refused refused =
        refused(iq("set", submit(" " + node, content.replace("%s", NAME))));
    assertThat(refused.reason()).isEqualTo(FailureReason.BAD_REQUEST);
    assertThat(refused.text()).contains(text);
    assertThat(refused.answer()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "", "9223372036854775808", "1.0"})
  void numberShouldBeRefusedWhenItIsNone(String version) {
    String request =
        "<pubsub %s><items node='signer'><signer-request %s signer-id='YQ==' history-hash='YQ=='"
            .formatted(PUBSUB, WAVE);
    ParsedStanza.Refused refused =
        refused(iq("get", request + " version='" + version + "' " + NAME + "/></items></pubsub>"));
    assertThat(refused.text()).startsWith("version of <signer-request> is no number from 0 on");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get | <query xmlns='jabber:iq:version'/> | REFUSED",
        "set | <query xmlns='http://jabber.org/protocol/disco#info'/> | REFUSED",
        "get | '' | BAD_REQUEST",
        "get | <ping xmlns='urn:xmpp:ping'/><ping xmlns='urn:xmpp:ping'/> | BAD_REQUEST",
        "what | <ping xmlns='urn:xmpp:ping'/> | BAD_REQUEST"
      })
  void iqShouldBeRefusedWhenItIsNoneOfOurs(String type, String content, FailureReason reason) {
    assertThat(refused(iq(type, content)).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<presence from='a.example'/>",
        "<iq type='result' id='1' from='a.example'><x xmlns='u'/></iq>",
        "<iq type='error' id='1' from='a.example'/>",
        "<message type='error' from='a.example'><body>x</body></message>",
        "<iq type='get' id='1' from='@'><ping xmlns='urn:xmpp:ping'/></iq>",
        "<iq type='get'>",
        "junk",
        ""
      })
  void stanzaShouldBeRefusedWithoutAnAnswerWhenNoneIsAllowed(String xml) {
    assertThat(refused(StanzaCodec.read(xml)).answer()).isEmpty();
  }

  @Test
  void commitNoticeShouldBeRefusedInAnUpdateWhenItHasNoHash() {
    String update =
        ("<message id='1' from='wave.a.example' to='wave.b.example'>"
                + "<request xmlns='urn:xmpp:receipts'/>"
                + "<event xmlns='http://jabber.org/protocol/pubsub#event'><items><item>"
                + "<wavelet-update %s %s><commit-notice version='1'/></wavelet-update>"
                + "</item></items></event></message>")
            .formatted(WAVE, NAME);
    assertThat(refused(StanzaCodec.read(update)).text())
        .isEqualTo("<commit-notice> lacks history-hash");
  }

  @Test
  void everyUpdateShouldBeReadWhenOneItemHasSeveral() {
    String update =
        ("<message id='1' from='a.example' to='b.example'>"
                + "<event xmlns='http://jabber.org/protocol/pubsub#event'><items><item>"
                + "<wavelet-update %s %s/><wavelet-update %s %s/></item></items></event></message>")
            .formatted(WAVE, NAME, WAVE, NAME);
    Payload.Update read = (Payload.Update) accepted(StanzaCodec.read(update)).payload();
    assertThat(read.updates()).hasSize(2);
    assertThat(read.receiptWanted()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void failureShouldComeBackAsItsReasonOrANearOne(FailureReason reason) {
    Stanza asked = accepted(iq("get", "<ping xmlns='urn:xmpp:ping'/>"));
    Element written = StanzaCodec.write(asked.failure(reason, "why"));
    Payload.Failure read = (Payload.Failure) accepted(StanzaCodec.read(written)).payload();
    assertThat(read.text()).isEqualTo("why");
    assertThat(read.reason().isTemporary()).isEqualTo(reason.isTemporary());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "remote-server-not-found | Server-to-server connection failed: NXDomain in A lookup | NO_SUCH_DOMAIN",
        "remote-server-not-found | Server-to-server connection failed: connection refused | REFUSED",
        "remote-server-not-found | Server-to-server connection failed: connection timeout | TIMED_OUT",
        "remote-server-timeout | Component unavailable | REMOTE_SERVER_TIMEOUT",
        "service-unavailable | '' | REFUSED",
        "internal-server-error | Unknown signer | INTERNAL_SERVER_ERROR"
      })
  void bounceShouldTellWhatIsWrong(String condition, String text, FailureReason reason) {
    String error =
        ("<error type='cancel' by='x'><%s xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                + "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>%s</text></error>")
            .formatted(condition, text);
    Stanza stanza = accepted(iq("error", "<query xmlns='jabber:iq:x'/>" + error));
    Payload.Failure failure = (Payload.Failure) stanza.payload();
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.echoed()).hasSize(1);
  }
}
