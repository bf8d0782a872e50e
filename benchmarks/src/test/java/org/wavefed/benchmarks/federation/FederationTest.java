// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wavefed.testkit.lab.EjabberdServer;
import org.wavefed.testkit.lab.LabProcess;

class FederationTest {
  @TempDir Path folder;

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void tableShouldHoldEveryContenderWhenAllAreInstalled() throws IOException {
    for (String program : List.of("prosody", "knotd", "openssl")) {
      assumeTrue(LabProcess.isInstalled(program), program + " is not installed: skipped");
    }
    assumeTrue(EjabberdServer.isInstalled(), "ejabberd is not installed: skipped");

    String table = Federation.run(true, folder);

    for (Contender contender : Contender.values()) {
      for (int inFlight : List.of(1, 16, 256)) {
        assertThat(table).contains("| " + contender.title + " | " + inFlight + " | ");
      }
    }
  }
}
