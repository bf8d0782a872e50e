// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers that ask much and do not take the answers. */
class SlowReaderTest {
  private static final long GIGABYTE = 1L << 30;

  /** What the buffers of both sockets may hold both ways, and what may wait for him. */
  private static final long TAKEN_MAX = 64L << 20;

  private final BesideAGoodPair pair =
      new BesideAGoodPair(
          new S2sSettings.Limits(1 << 20, 1024, 1024, 256, 4 << 20, 100, 100, 10),
          new S2sSettings.Deadlines(
              Duration.ofSeconds(10),
              Duration.ofSeconds(10),
              Duration.ofSeconds(1),
              Duration.ofSeconds(60),
              Duration.ofSeconds(60)));

  @AfterEach
  void close() throws Exception {
    pair.close();
  }

  @Test
  void peerShouldBeEndedWhenHeDoesNotTakeHisAnswers() throws IOException {
    Stranger peer = pair.stranger();
    peer.authenticate();
    // An answer is almost as long as its question.
    byte[] question = Stranger.ping("x".repeat(400)).repeat(100).getBytes(UTF_8);
    assertThat(peer.pour(question, GIGABYTE)).isLessThan(TAKEN_MAX);
    pair.isToldOf(peer, "the other side did not take what was sent to it in time");
  }
}
