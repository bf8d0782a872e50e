// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wavefed.transport.Route;
import org.wavefed.transport.s2s.Lab.Server;
import org.wavefed.xmpp.stream.StreamFailure;

/** Peers that do not keep to the protocol hurt themselves alone. */
class HostilePeerTest {
  private static final String ACME = "acmewave.example";
  private static final String INITECH = "initech.example";
  private static final String OPEN =
      "<stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams'"
          + " xmlns:db='jabber:server:dialback' from='evil.example' to='%s' version='1.0'>";

  private final Lab lab = new Lab();
  private Server acme;
  private Server initech;

  @BeforeEach
  void start() {
    acme = lab.start(ACME, lab.authority, Lab.CERTIFICATES);
    initech = lab.start(INITECH, lab.authority, Lab.CERTIFICATES);
  }

  @AfterEach
  void stop() throws Exception {
    // Whatever was done, others are served.
    get(acme.transport().ping(new Route(ACME, INITECH), Duration.ofSeconds(20)));
    assertThat(initech.handler().peers)
        .allMatch(peer -> peer.address().equals("wave.acmewave.example"));
    lab.close();
  }

  /** What comes until the server closes the connection. */
  private String answer(String... pieces) throws IOException {
    return answer(false, pieces);
  }

  private String answer(boolean shut, String... pieces) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), initech.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      for (String piece : pieces) {
        out.write(piece.getBytes(UTF_8));
        out.flush();
      }
      if (shut) {
        socket.shutdownOutput();
      }
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (SocketException reset) {
      return "reset";
    }
  }

  private static String open() {
    return OPEN.formatted(INITECH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<message from='a@evil.example' to='wave.initech.example'/> | not-authorized",
        "<iq type='get' id='1' from='evil.example' to='initech.example'/> | not-authorized",
        "<db:result from='initech.example' to='evil.example' type='valid'/> | invalid-from",
        "<db:result from='other.example' to='initech.example'>key</db:result> | invalid-from",
        "<db:result from='evil.example' to='initech.example'>key</db:result> | policy-violation",
        "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/> | not-authorized",
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth> | not-authorized",
        "<compress xmlns='http://jabber.org/protocol/compress'/> | not-authorized",
        "<!-- comment --> | restricted-xml",
        "<a><b></a></stream:stream> | not-well-formed",
        "&lol; | stream:error",
        "words | bad-format"
      })
  void strangerShouldBeShutOutWhenHeSays(String what, String answer) throws IOException {
    assertThat(answer(open(), what)).contains("<stream:features>").contains(answer);
  }

  @Test
  void strangerShouldBeShutOutWhenHisStreamIsNotForUs() throws IOException {
    assertThat(answer(OPEN.formatted("nobody.example"))).contains("host-unknown");
    assertThat(answer(OPEN.formatted(""))).contains("improper-addressing");
    assertThat(answer(open().replace("jabber:server'", "jabber:client'")))
        .contains("invalid-namespace");
    assertThat(answer(open().replace("version='1.0'", ""))).contains("unsupported-version");
  }

  @Test
  void strangerShouldBeShutOutWhenHeSendsTooMuchOrNonsense() throws IOException {
    assertThat(answer("GET / HTTP/1.1\r\n\r\n")).contains("not-well-formed");
    assertThat(answer("<!DOCTYPE x [<!ENTITY a 'b'>]>" + open()))
        .contains("stream:error")
        .doesNotContain("features");
    assertThat(answer(open(), "<x a='" + "y".repeat(200_000) + "'/>"))
        .satisfiesAnyOf(
            text -> assertThat(text).contains("policy-violation"),
            text -> assertThat(text).isEqualTo("reset"));
    assertThat(answer(open(), "<x>".repeat(2_000)))
        .satisfiesAnyOf(
            text -> assertThat(text).contains("policy-violation"),
            text -> assertThat(text).isEqualTo("reset"));
  }

  @Test
  void strangerShouldBeShutOutWhenTlsBreaks() throws IOException {
    assertThat(
            answer(
                true,
                open(),
                "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
                "this is no TLS"))
        .satisfiesAnyOf(
            text -> assertThat(text).contains("proceed"),
            text -> assertThat(text).isEqualTo("reset"));
  }

  @Test
  void plainTextBehindStartTlsShouldNotBeTakenForEncrypted() throws IOException {
    String injected = open() + "<message from='evil.example' to='wave.initech.example'/>";
    assertThat(
            answer(true, open() + "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" + injected))
        .satisfiesAnyOf(
            text -> assertThat(text).doesNotContain("not-authorized"),
            text -> assertThat(text).isEqualTo("reset"));
  }

  @Test
  void oneByteAtATimeShouldBeReadLikeAllAtOnce() throws IOException {
    String all = open() + "<message/>";
    String[] pieces = all.chars().mapToObj(c -> String.valueOf((char) c)).toArray(String[]::new);
    assertThat(answer(pieces)).contains("<stream:features>").contains("not-authorized");
  }

  @Test
  void connectionsThatEndAnywhereShouldHurtNobody() throws IOException {
    String all = open() + "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    for (int length = 0; length < all.length(); length += 40) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), initech.port())) {
        socket.setSoLinger(true, 0);
        socket.getOutputStream().write(all.substring(0, length).getBytes(UTF_8));
      }
    }
  }

  @Test
  void keyShouldNotBeSpokenOfWithoutTls() throws IOException {
    String verify = "<db:verify from='evil.example' to='initech.example' id='x'>key</db:verify>";
    assertThat(answer(open(), verify)).contains("type='error'", "<policy-violation ");
  }

  @Test
  void streamShouldEndWhenAStanzaIsFromSomebodyElse() {
    Pair pair = new Pair("wave.acmewave.example", "wave.initech.example");
    for (String forged :
        List.of(
            "<message from='wave.evil.example' to='wave.initech.example'/>",
            "<message from='wave.acmewave.example' to='initech.example'/>",
            "<message from='wave.acmewave.example.evil.example' to='wave.initech.example'/>")) {
      OutgoingStream stream = get(acme.transport().dial(pair));
      stream.write(forged.getBytes(UTF_8), () -> {});
      assertThat(get(stream.ended()))
          .as(forged)
          .extracting(StreamFailure::message)
          .asString()
          .contains("invalid-from");
    }
  }

  @Test
  void furtherDialbackOnAStreamShouldNotBeBelieved() {
    Pair pair = new Pair("wave.acmewave.example", "wave.initech.example");
    OutgoingStream stream = get(acme.transport().dial(pair));
    String more =
        "<db:result xmlns:db='jabber:server:dialback' from='wave.evil.example'"
            + " to='wave.initech.example'>key</db:result>"
            + "<message from='wave.evil.example' to='wave.initech.example'/>";
    stream.write(more.getBytes(UTF_8), () -> {});
    assertThat(get(stream.ended()).message()).contains("invalid-from");
  }

  private static <T> T get(CompletionStage<T> call) {
    try {
      return call.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the call failed: " + e, e);
    }
  }
}
