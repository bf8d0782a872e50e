// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that send, or mean to send, a gigabyte. */
class EndlessPeerTest {
  private static final long GIGABYTE = 1L << 30;

  /** What the buffers of the two sockets may hold, and a little for who reads. */
  private static final long TAKEN_MAX = 24L << 20;

  /** As the server is set here. */
  private static final int STANZA = 1 << 20;

  private static BesideAGoodPair pair;

  @BeforeAll
  static void start() {
    pair =
        new BesideAGoodPair(
            new S2sSettings.Limits(STANZA, 1024, 1024, 256, 16 * STANZA, 100, 100, 10),
            S2sSettings.Deadlines.DEFAULT);
  }

  @AfterEach
  void isUndisturbed() {
    pair.isUndisturbed();
  }

  @AfterAll
  static void close() throws Exception {
    pair.close();
  }

  /** How it begins, and what follows again and again. */
  private enum Endless {
    SPACE("", " "),
    TEXT_OF_ONE_STANZA("<message><body>", "words "),
    CHILDREN_OF_ONE_STANZA("<message>", "<a/>"),
    DEPTH("<message>", "<a>"),
    ATTRIBUTES("<message", " a='b'"),
    ATTRIBUTE("<message a='", "words "),
    NAME("<", "abcdefgh"),
    DECLARATIONS("<message", " xmlns:a='b'"),
    STANZAS("", "<message/>"),
    COMMENT("<!--", "words "),
    INSTRUCTION("<?", "words "),
    DTD("<!DOCTYPE a [", "<!ENTITY a 'b'>"),
    ENTITIES("<message>", "&a;"),
    CDATA("<message><![CDATA[", "words "),
    END("</", "abcdefgh");

    private final String first;
    private final String again;

    Endless(String first, String again) {
      this.first = first;
      this.again = again;
    }

    /** Says it until nobody takes it any more; returns how much was taken. */
    long by(Stranger stranger) throws IOException {
      byte[] piece = again.repeat((1 << 16) / again.length()).getBytes(UTF_8);
      stranger.say(first);
      return stranger.pour(piece, GIGABYTE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void strangerShouldNotBeReadForLongWhateverHeSends(Endless endless) throws IOException {
    Stranger stranger = pair.stranger();
    stranger.open();
    assertThat(endless.by(stranger)).isLessThan(TAKEN_MAX);
    pair.isEndedOnce(
        stranger, endless == Endless.STANZAS ? "before authentication" : "we ended the stream, ");
  }

  @ParameterizedTest
  @EnumSource(names = {"TEXT_OF_ONE_STANZA", "DEPTH", "ATTRIBUTES", "NAME", "STANZAS", "COMMENT"})
  void peerShouldNotBeReadForLongEitherWhenHeIsAuthenticated(Endless endless) throws IOException {
    Stranger peer = pair.stranger();
    peer.authenticate();
    assertThat(endless.by(peer)).isLessThan(TAKEN_MAX);
    pair.isEndedOnce(peer, "");
  }

  @Test
  void spaceShouldBeReadFromAPeerForAsLongAsHeSendsIt() throws IOException {
    Stranger peer = pair.stranger();
    peer.authenticate();
    byte[] space = " ".repeat(1 << 16).getBytes(UTF_8);
    assertThat(peer.pour(space, 64L << 20)).isEqualTo(64L << 20);
    peer.say(Stranger.ping("1"));
    assertThat(peer.hear("/>")).contains("id=\"1\"");
    pair.leaves(peer);
  }
}
