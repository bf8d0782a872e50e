// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks.federation;

import java.nio.file.Path;
import java.util.Map;
import org.wavefed.crypto.CertificateVerifier;
import org.wavefed.dns.staticzone.StaticResolver;
import org.wavefed.smack.SmackReady;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.s2s.ConfiguredS2s;
import org.wavefed.xmpp.endpoint.OpenCalls;

/** Our transport from server to server, on loopback. */
final class S2s {
  static final SmackReady SMACK = new SmackReady("as on the class path");

  private S2s() {}

  /**
   * Starts it.
   *
   * @param certificates the folder of {@code DOMAIN.crt} and {@code DOMAIN.key}
   * @param records where other servers are, as the static resolver has them
   * @param isTlsRequired whether streams without TLS are refused
   */
  static FederationTransport start(
      String domain,
      String port,
      Path certificates,
      String records,
      boolean isTlsRequired,
      CertificateVerifier verifier,
      FederationHandler handler) {
    Container container = new Container();
    ConfiguredS2s s2s =
        new ConfiguredS2s(
            container.context(),
            Map.of(
                "domains",
                domain,
                "listen",
                "127.0.0.1:" + port,
                "tls.certificate",
                certificates.resolve("{domain}.crt").toString(),
                "tls.key",
                certificates.resolve("{domain}.key").toString(),
                "tls.required",
                isTlsRequired,
                "private.addresses",
                true),
            new OpenCalls(),
            SMACK);
    s2s.setParts(new StaticResolver(Map.of("records", records)), verifier);
    s2s.bindHandler(handler);
    return container.transport();
  }
}
