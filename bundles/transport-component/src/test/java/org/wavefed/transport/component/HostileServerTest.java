// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wavefed.testkit.federation.RecordingHandler;
import org.wavefed.xmpp.endpoint.OpenCalls;
import org.wavefed.xmpp.netty.IoThreads;

/** An XMPP server that hangs, or sends without end, is left and connected to again. */
class HostileServerTest {
  private static final long GIGABYTE = 1L << 30;

  /** What the buffers of both sockets may hold both ways, and what may wait for the server. */
  private static final long TAKEN_MAX = 64L << 20;

  private final IoThreads threads = new IoThreads("wavefed-component");
  private FakeServer server;
  private ComponentTransport transport;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    Duration second = Duration.ofSeconds(1);
    transport =
        new ComponentTransport(
            new ComponentSettings(
                "a.example",
                "",
                "127.0.0.1",
                server.port(),
                "s",
                new ComponentSettings.Limits(1 << 20, 1024, 1024, 1024, 4 << 20),
                new ComponentSettings.Deadlines(second, second, Duration.ofMinutes(1), second),
                "google-wave",
                "test.cfg"),
            threads,
            new OpenCalls());
    transport.handler(new RecordingHandler());
  }

  @AfterEach
  void stop() throws IOException {
    transport.close();
    threads.close();
    server.close();
  }

  @Test
  void connectionShouldBeMadeAnewWhenTheServerDoesNotTakeWhatIsSentToIt() throws IOException {
    server.establish();
    // An answer is almost as long as its question.
    String question =
        "<iq type='get' id='%s' from='b.example' to='wave.a.example'><ping xmlns='urn:xmpp:ping'/></iq>"
            .formatted("x".repeat(400));
    assertThat(server.pour(question.repeat(100), GIGABYTE)).isLessThan(TAKEN_MAX);
    server.disconnect();
    server.establish();
  }

  @Test
  void connectionShouldBeMadeAnewWhenAStanzaDoesNotEnd() throws IOException {
    server.establish();
    server.send("<message from='b.example' to='wave.a.example'><body>");
    assertThat(server.pour("words ".repeat(10_000), GIGABYTE)).isLessThan(TAKEN_MAX);
    server.disconnect();
    server.establish();
  }

  @Test
  void connectionShouldBeMadeAnewWhenAStanzaStops() throws IOException {
    server.establish();
    server.send("<message from='b.example'");
    assertThat(server.readTo("</stream:stream>"))
        .contains("<connection-timeout ")
        .contains("a stanza was not complete within 1 s");
    server.disconnect();
    server.establish();
  }

  @Test
  void connectionShouldBeMadeAnewWhenTheServerDoesNotLetUsInInTime() throws IOException {
    server.accept();
    server.readTo("<stream:stream");
    assertThat(server.readTo("</stream:stream>")).contains("not authenticated within 1 s");
    server.disconnect();
    server.establish();
  }
}
