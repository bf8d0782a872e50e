// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
}
