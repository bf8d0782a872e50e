// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.wavefed.testkit.lab.KnotServer;
import org.wavefed.testkit.lab.LabCertificates;
import org.wavefed.testkit.lab.LabProcess;
import org.wavefed.testkit.lab.ProsodyServer;

/** Prosody 0.12 at the other end. */
class ProsodyTest extends OtherServerTest {
  @BeforeAll
  static void programs() {
    for (String program : List.of("prosody", "knotd", "openssl")) {
      assumeTrue(LabProcess.isInstalled(program), program + " is not installed: skipped");
    }
  }

  @Override
  OtherServer launch(
      Path where,
      ProsodyServer.Settings settings,
      LabCertificates certificates,
      KnotServer dns,
      boolean certificatesRequired)
      throws IOException {
    ProsodyServer prosody =
        ProsodyServer.start(where, settings, certificates, dns, certificatesRequired);
    return new OtherServer() {
      @Override
      public String output() throws IOException {
        return prosody.output();
      }

      @Override
      public void close() {
        prosody.close();
      }
    };
  }

  @Override
  String sign(boolean certificate) {
    return certificate ? "EXTERNAL" : "Incoming s2s connection";
  }
}
