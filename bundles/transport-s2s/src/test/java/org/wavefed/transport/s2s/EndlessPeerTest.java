// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
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

  /** Records of TLS that mean nothing, for whom no key is needed. */
  private enum Records {
    HANDSHAKE_OF_NOTHING(22, 3, 3, 0, 0),
    DATA_OF_NOTHING(23, 3, 3, 0, 0),
    ALERT_OF_NOTHING(21, 3, 3, 0, 0),
    WARNING(21, 3, 3, 0, 2, 1, 90),
    /** TLS 1.3 lets them pass in a handshake (RFC 8446, 5). */
    CHANGE_CIPHER_SPEC(20, 3, 3, 0, 1, 1);

    private final byte[] record;

    Records(int... octets) {
      record = new byte[octets.length];
      for (int i = 0; i < octets.length; i++) {
        record[i] = (byte) octets[i];
      }
    }

    /** Records have something in them; of the others it depends on Java how they end. */
    String why(Reached reached) {
      return this == CHANGE_CIPHER_SPEC || this == WARNING || reached == Reached.HALF_A_HANDSHAKE
          ? ""
          : "TLS failed: what came is not TLS";
    }

    byte[] many() {
      byte[] many = new byte[record.length * 10_000];
      for (int i = 0; i < many.length; i++) {
        many[i] = record[i % record.length];
      }
      return many;
    }
  }

  @ParameterizedTest
  @EnumSource
  void recordsOfNothingShouldNotBeReadForLong(Records records) throws IOException {
    for (Reached reached :
        List.of(
            Reached.TLS_BEGUN,
            Reached.HALF_A_HANDSHAKE,
            Reached.ENCRYPTED,
            Reached.AUTHENTICATED)) {
      Stranger stranger = pair.stranger();
      reached.by(stranger);
      assertThat(stranger.pourRecords(records.many(), GIGABYTE))
          .as("%s", reached)
          .isLessThan(TAKEN_MAX);
      pair.isEndedOnce(stranger, records.why(reached));
    }
  }
}
