// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wavefed.federation.Peers.State;
import org.wavefed.testkit.federation.InProcessNetwork;

class PeerBookTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final PeerBook book = new PeerBook(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void peerShouldBeUpWhenHeardAndKeepItsErrorWhileDown() {
    book.down("a.example", "no route");
    assertThat(book.entry("a.example"))
        .contains(new PeerBook.Entry(State.DOWN, NOW, Optional.empty(), "no route"));
    book.heard("a.example");
    assertThat(book.entry("a.example"))
        .contains(new PeerBook.Entry(State.UP, NOW, Optional.of(NOW), ""));
  }

  @Test
  void cutOffShouldTakeDownOnlyAPeerThatWasUp() {
    book.cutOff("a.example", "not connected");
    assertThat(book.entry("a.example").orElseThrow().state()).isEqualTo(State.UNKNOWN);
    assertThat(book.entry("a.example").orElseThrow().lastError()).isEqualTo("not connected");
    book.heard("a.example");
    book.cutOff("a.example", "not connected");
    assertThat(book.entry("a.example").orElseThrow().state()).isEqualTo(State.DOWN);
  }

  @Test
  void listenerShouldBeToldOfEverySignOfLife() {
    List<String> heard = new ArrayList<>();
    book.whenHeard(heard::add);
    book.heard("a.example");
    book.speaks(InProcessNetwork.peer("b.example", "a.example"), "b.example");
    assertThat(heard).containsExactly("a.example", "b.example");
    assertThat(book.domainOf("wave.b.example")).contains("b.example");
    assertThat(book.domainOf("wave.c.example")).isEmpty();
  }

  @Test
  void peersShouldBeForgottenWhenThereAreTooMany() {
    for (int i = 0; i <= PeerBook.MOST; i++) {
      book.heard(i + ".example");
    }
    assertThat(book.known()).hasSize(PeerBook.MOST).doesNotContain("0.example");
  }
}
