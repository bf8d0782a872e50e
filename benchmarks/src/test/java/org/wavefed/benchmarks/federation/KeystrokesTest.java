// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KeystrokesTest {
  @TempDir Path folder;

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void tableShouldHoldEveryLoadWhenKeystrokesOfBothHostsArrive() throws IOException {
    String table = Keystrokes.run(true, folder);

    for (String host : new String[] {"a.example", "b.example"}) {
      assertThat(table).containsPattern(host + " \\| 1 key every 100 ms \\| 5 \\| 0 \\| ");
      assertThat(table).containsPattern(host + " \\| 1,000 keys/s in 100 wavelets \\| \\d+ \\| ");
    }
  }
}
