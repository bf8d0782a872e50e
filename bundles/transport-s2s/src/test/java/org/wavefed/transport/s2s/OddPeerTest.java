// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Peers that say what has no place where they say it. */
class OddPeerTest {
  private static BesideAGoodPair pair;

  @BeforeAll
  static void start() {
    pair = new BesideAGoodPair(S2sSettings.Limits.DEFAULT, S2sSettings.Deadlines.DEFAULT);
  }

  @AfterEach
  void isUndisturbed() {
    pair.isUndisturbed();
  }

  @AfterAll
  static void close() throws Exception {
    pair.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "CONNECTED | GET / HTTP/1.1 | not-well-formed",
        "CONNECTED | <message/> | invalid-namespace",
        "FEATURES | <auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth>"
            + " | not-authorized",
        "ENCRYPTED_FEATURES | <starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/> | not-authorized",
        "ENCRYPTED_FEATURES | <message/> | not-authorized",
        "AUTHENTICATED | <auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'/>"
            + " | unsupported-stanza-type",
        "AUTHENTICATED | <starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
            + " | unsupported-stanza-type",
        "AUTHENTICATED | <wave/> | unsupported-stanza-type",
        "AUTHENTICATED | <message from='evil.example' to='initech.example'/> | invalid-from",
        "AUTHENTICATED | <message from='other.example' to='wave.initech.example'/> | invalid-from",
        "AUTHENTICATED | <message to='wave.initech.example'/> | improper-addressing",
        "AUTHENTICATED | <message from='evil.example'/> | improper-addressing",
        "AUTHENTICATED | words | bad-format",
        "AUTHENTICATED | <message></body></message> | not-well-formed",
      })
  void streamShouldEndWithItsErrorWhenAPeerSays(Reached reached, String what, String error)
      throws IOException {
    Stranger stranger = pair.stranger();
    reached.by(stranger);
    String heard = stranger.say(what + "<").hearOut();
    assertThat(heard)
        .matches(
            "(<\\?xml[^>]*><stream:stream [^>]*>)?<stream:error><"
                + error
                + " .*</stream:error></stream:stream>");
    assertThat(heard.startsWith("<?xml")).isEqualTo(reached == Reached.CONNECTED);
    pair.isToldOf(stranger, "");
  }

  @Test
  void peerShouldNotBeBelievedWhenHeAnswersWhatNobodyAsked() throws IOException {
    Stranger peer = pair.stranger();
    peer.authenticate()
        .say("<db:result from='wave.acmewave.example' to='wave.initech.example' type='valid'/>")
        .say("<db:verify from='evil.example' to='wave.initech.example' id='1' type='valid'/>")
        .say("<iq type='result' id='1' from='evil.example' to='wave.initech.example'/>")
        .say(Stranger.ping("after"));
    assertThat(peer.hear("/>")).startsWith("<iq ").contains("id=\"after\"");
    pair.leaves(peer);
  }

  @Test
  void unknownKeyShouldNotBeConfirmed() throws IOException {
    Stranger peer = pair.stranger();
    peer.authenticate()
        .say("<db:verify from='evil.example' to='wave.initech.example' id='1'>key</db:verify>");
    assertThat(peer.hear("</db:verify>")).contains("type='invalid'");
    pair.leaves(peer);
  }

  @Test
  void authenticationShouldNotBeTriedForEver() throws IOException {
    Stranger stranger = pair.stranger();
    stranger.encrypt().open();
    // Somebody else, by his certificate.
    String other =
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>YWNtZQ==</auth>";
    assertThat(stranger.say(other).say(other).say(other).hearOut().split("<failure ", -1))
        .hasSize(4);
    pair.isToldOf(stranger, "evil.example was not authenticated");
  }
}
