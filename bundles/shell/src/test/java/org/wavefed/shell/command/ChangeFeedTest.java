// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.wave.WaveletChange;

class ChangeFeedTest {
  private final ChangeFeed feed = new ChangeFeed();

  @Test
  void feedShouldGiveEventsInOrderAndTheEndLast() throws Exception {
    feed.changed(change(1));
    feed.changed(change(2));
    feed.closed("the server stops");
    assertThat(version(next())).isEqualTo(1);
    assertThat(version(next())).isEqualTo(2);
    assertThat(next()).isEqualTo(new ChangeFeed.Closed("the server stops"));
  }

  @Test
  void feedShouldEndWhenTheScreenIsTooFarBehind() throws Exception {
    for (int i = 0; i <= ChangeFeed.ROOM; i++) {
      feed.changed(change(i + 1));
    }
    for (int i = 0; i < ChangeFeed.ROOM; i++) {
      assertThat(version(next())).isEqualTo(i + 1);
    }
    assertThat(next()).asString().contains("fell 1000 changes behind");
  }

  @Test
  void feedShouldGiveNothingWhenNothingHappens() throws Exception {
    assertThat(feed.next(Duration.ofMillis(1))).isNull();
  }

  private ChangeFeed.Event next() throws InterruptedException {
    return feed.next(Duration.ofSeconds(5));
  }

  private static long version(ChangeFeed.Event event) {
    return ((ChangeFeed.Changed) event).change().resulting().version();
  }

  private static WaveletChange change(long version) {
    return new WaveletChange(
        new HashedVersion(version - 1, Bytes.EMPTY),
        new HashedVersion(version, Bytes.EMPTY),
        ParticipantId.of("alice@acmewave.example"),
        0,
        List.of());
  }
}
