// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;

/** Peers that are gone from one moment to the next. */
class ResetTest {
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
  @EnumSource
  void resetShouldEndTheStreamAtOnce(Reached reached) throws IOException {
    Stranger stranger = pair.stranger();
    reached.by(stranger);
    stranger.reset();
    pair.hasEnded(stranger);
  }

  @Test
  void callShouldFailAtOnceWhenThePeerIsGoneInTheMiddleOfTheNegotiation() throws Exception {
    for (int steps = 0; steps < FakePeer.ALL; steps++) {
      String domain = "gone" + steps + ".example";
      try (FakePeer gone = pair.fakePeer(domain, steps, true)) {
        assertThatThrownBy(() -> pair.ping(domain).get(20, TimeUnit.SECONDS))
            .as("after %d steps", steps)
            .cause()
            .isInstanceOfSatisfying(
                FederationException.class,
                e -> assertThat(e.reason()).isEqualTo(FailureReason.REFUSED));
      }
    }
  }
}
