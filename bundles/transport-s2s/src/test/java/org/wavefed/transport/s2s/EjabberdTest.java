// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.wavefed.testkit.lab.EjabberdServer;
import org.wavefed.testkit.lab.KnotServer;
import org.wavefed.testkit.lab.LabCertificates;
import org.wavefed.testkit.lab.LabProcess;
import org.wavefed.testkit.lab.ProsodyServer;

/** ejabberd 23.01 at the other end. */
class EjabberdTest extends OtherServerTest {
  @BeforeAll
  static void programs() {
    assumeTrue(EjabberdServer.isInstalled(), "ejabberd is not installed: skipped");
    for (String program : List.of("knotd", "openssl")) {
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
    EjabberdServer ejabberd =
        EjabberdServer.start(
            where, settings, certificates, dns, certificatesRequired, UnaryOperator.identity());
    return new OtherServer() {
      @Override
      public String output() throws IOException {
        return ejabberd.log();
      }

      @Override
      public void close() {
        ejabberd.close();
      }
    };
  }

  /** ejabberd asks this server for SRV records, but the system for addresses. */
  @Override
  KnotServer knot(Path where, KnotServer.Host ours) throws IOException {
    return KnotServer.startWith(where, EjabberdServer.zone(ours));
  }

  @Override
  String sign(boolean certificate) {
    return "Accepted inbound s2s %s authentication"
        .formatted(certificate ? "EXTERNAL" : "dialback");
  }
}
