// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;

/** Peers that say nothing, or too little at a time. */
class SilentPeerTest {
  private static BesideAGoodPair pair;

  @BeforeAll
  static void start() {
    pair = new BesideAGoodPair(S2sSettings.Limits.DEFAULT, BesideAGoodPair.SHORT);
  }

  @AfterEach
  void isUndisturbed() {
    pair.isUndisturbed();
  }

  @AfterAll
  static void close() throws Exception {
    pair.close();
  }

  @Test
  void silenceShouldEndTheConnectionWhateverWasSaidBefore() throws IOException {
    Map<Reached, Stranger> silent = new EnumMap<>(Reached.class);
    for (Reached reached : Reached.values()) {
      Stranger stranger = pair.stranger();
      reached.by(stranger);
      silent.put(reached, stranger);
    }
    for (Map.Entry<Reached, Stranger> each : silent.entrySet()) {
      Reached reached = each.getKey();
      String end = each.getValue().hearOut();
      if (reached.isInTheHandshake()) {
        assertThat(end).as("%s", reached).doesNotContain("<");
      } else {
        assertThat(end)
            .as("%s", reached)
            .contains("<stream:error><connection-timeout ")
            .endsWith(">" + why(reached) + "</text></stream:error></stream:stream>");
      }
      pair.isToldOf(each.getValue(), why(reached));
    }
  }

  /** How a connection ends that nothing more comes on. */
  static String why(Reached reached) {
    return switch (reached) {
      case AUTHENTICATED -> "nothing heard for 3 s";
      case HALF_A_STANZA -> "a stanza was not complete within 2 s";
      default -> "not authenticated within 2 s";
    };
  }

  @Test
  void callShouldFailWhenThePeerIsSilentInTheMiddleOfTheNegotiation() throws Exception {
    List<FakePeer> silent = new ArrayList<>();
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (int steps = 0; steps < FakePeer.ALL; steps++) {
      String domain = "silent" + steps + ".example";
      silent.add(pair.fakePeer(domain, steps, false));
      calls.add(pair.ping(domain));
    }
    for (CompletableFuture<Void> call : calls) {
      assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              FederationException.class,
              e ->
                  assertThat(e.reason())
                      .isIn(FailureReason.TIMED_OUT, FailureReason.REMOTE_SERVER_TIMEOUT));
    }
    for (FakePeer each : silent) {
      each.close();
    }
  }

  @Test
  void slowPeerShouldBeServedWhenEveryByteComesByItself() throws Exception {
    try (TricklingRelay relay = new TricklingRelay(pair.port());
        Stranger slow = pair.stranger(relay.port())) {
      slow.authenticate().say(Stranger.ping("slow"));
      assertThat(slow.hear("/>")).contains("id=\"slow\"").contains("type=\"result\"");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTED", "ENCRYPTED", "AUTHENTICATED"})
  void slowPeerShouldBeEndedWhenHeTakesLongerThanHeMay(Reached reached) throws Exception {
    Stranger slow = pair.stranger();
    reached.by(slow);
    String rest =
        reached == Reached.AUTHENTICATED ? Stranger.ping("1".repeat(500)) : Stranger.header();
    try (Dripping dripping = new Dripping(slow, rest)) {
      assertThat(slow.hearOut()).contains("<stream:error><connection-timeout ");
    }
    pair.isToldOf(
        slow, reached == Reached.AUTHENTICATED ? why(Reached.HALF_A_STANZA) : why(reached));
  }

  /** Says a byte every 20 milliseconds, until the text is said or nobody takes it any more. */
  private static final class Dripping implements AutoCloseable {
    private final ScheduledExecutorService drips = Executors.newSingleThreadScheduledExecutor();
    private int said;

    Dripping(Stranger stranger, String text) {
      drips.scheduleAtFixedRate(() -> drip(stranger, text), 0, 20, TimeUnit.MILLISECONDS);
    }

    private void drip(Stranger stranger, String text) {
      try {
        stranger.say(text.substring(said, ++said));
      } catch (IOException | IndexOutOfBoundsException over) {
        drips.shutdown();
      }
    }

    @Override
    public void close() {
      drips.shutdownNow();
    }
  }
}
