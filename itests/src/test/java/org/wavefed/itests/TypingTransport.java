// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Over which transport a server federates, and how an operator changes that: by the commands of
 * {@code docs/operations.md}, and with the Prosody running while the component shall be there. One
 * thread.
 */
final class TypingTransport {
  private static final Path GUIDE =
      Path.of(System.getProperty("wavefed.checkout"), "docs/operations.md");

  /** The two there are. */
  enum Kind {
    COMPONENT,
    S2S;

    Kind other() {
      return this == S2S ? COMPONENT : S2S;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is done while there is no transport. */
  interface Gap {
    void pass() throws IOException;
  }

  private final Lab lab;
  private final TypingServer server;
  private Kind kind = Kind.COMPONENT;

  /** Of a server that has both: takes that from server to server out. */
  TypingTransport(Lab lab, TypingServer server) throws IOException {
    this.lab = lab;
    this.server = server;
    server.console(withoutGap().get(1));
  }

  Kind kind() {
    return kind;
  }

  /** The name of the room of the one in use. */
  String part() {
    return "transport-" + kind;
  }

  /** The other one comes before this one goes. */
  void change() throws IOException {
    int line = kind == Kind.S2S ? 0 : 2;
    Kind next = kind.other();
    prosody("start", next);
    server.console(withoutGap().get(line));
    awaitServing(next);
    server.console(withoutGap().get(line + 1));
    prosody("stop", kind);
    kind = next;
  }

  /** This one goes before the other one comes. */
  void changeAfterGap(Gap gap) throws IOException {
    server.swap("stop", part());
    prosody("stop", kind);
    gap.pass();
    changeByDefault();
  }

  /** Whenever the component goes, the default takes its place, and the other way round. */
  void changeByDefault() throws IOException {
    Kind next = kind.other();
    prosody("start", next);
    server.console(block(0).get(next == Kind.COMPONENT ? 0 : 1));
    prosody("stop", kind);
    awaitServing(next);
    kind = next;
  }

  private void prosody(String how, Kind ofKind) throws IOException {
    if (ofKind == Kind.COMPONENT) {
      lab.lab(how, "prosody@" + server.domain());
    }
  }

  private void awaitServing(Kind which) {
    TypingServer.await(
        which + " of " + server.domain() + " is ready",
        () -> server.serving().contains(which.toString()));
  }

  /** The commands with which there is always a transport: to the component, and back. */
  private static List<String> withoutGap() throws IOException {
    return block(1);
  }

  private static List<String> block(int number) throws IOException {
    List<List<String>> blocks =
        Pattern.compile("(?ms)^```\n(feature:install wavefed-transport.*?)^```$")
            .matcher(Files.readString(GUIDE))
            .results()
            .map(found -> found.group(1).lines().toList())
            .toList();
    assertThat(blocks).as("how the transport is changed, in " + GUIDE).hasSize(2);
    assertThat(blocks.get(0)).hasSize(2);
    assertThat(blocks.get(1)).hasSize(4);
    return blocks.get(number);
  }
}
