// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    certificates.issue(settings.domain());
    EjabberdServer ejabberd =
        EjabberdServer.startWith(
            where, settings, configuration(settings, certificates, certificatesRequired), dns);
    return new OtherServer() {
      @Override
      public String output() throws IOException {
        return Files.readString(where.resolve("ejabberd.log"));
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
    String record = ".%s. SRV 0 0 %d localhost.".formatted(ours.domain(), ours.port());
    return KnotServer.startWith(
        where, List.of("_xmpp-server._tcp" + record, "_xmpp-server._tcp.wave" + record));
  }

  private static String configuration(
      ProsodyServer.Settings settings, LabCertificates certificates, boolean certificatesRequired) {
    return """
        hosts: [ "%1$s" ]
        loglevel: info
        certfiles: [ "%5$s", "%6$s" ]
        ca_file: "%7$s"
        s2s_use_starttls: required
        s2s_max_retry_delay: 1
        outgoing_s2s_families: [ ipv4 ]
        listen:
          - port: %3$d
            ip: "%2$s"
            module: ejabberd_s2s_in
            max_stanza_size: 10485760
          - port: %4$d
            ip: "%2$s"
            module: ejabberd_service
            global_routes: false
            max_stanza_size: 10485760
            hosts: { "wave.%1$s": { password: "%8$s" } }
        modules: { mod_disco: {}%9$s }
        """
        .formatted(
            settings.domain(),
            settings.address(),
            settings.serverPort(),
            settings.componentPort(),
            certificates.certificate(settings.domain()),
            certificates.key(settings.domain()),
            certificates.authority(),
            settings.secret(),
            certificatesRequired ? "" : ", mod_s2s_dialback: {}");
  }

  @Override
  String sign(boolean certificate) {
    return "Accepted inbound s2s %s authentication"
        .formatted(certificate ? "EXTERNAL" : "dialback");
  }
}
