// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wavefed.dns.DnsResolver;
import org.wavefed.testkit.ca.IssuedCertificate;
import org.wavefed.testkit.federation.RecordingHandler;
import org.wavefed.testkit.lab.StrippingRelay;
import org.wavefed.transport.s2s.End.Door;
import org.wavefed.xmpp.endpoint.OpenCalls;

/** An end of the matrix as a whole server on loopback, with STARTTLS and with TLS at once. */
final class SocketServer implements AutoCloseable {
  private static final List<InetSocketAddress> SOMEWHERE =
      List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  /** Nobody listens on it, as it takes rights that nobody has here. */
  private static final int DEAD_PORT = 1;

  final RecordingHandler handler = new RecordingHandler();
  final S2sTransport transport;
  private final Optional<StrippingRelay> relay;

  SocketServer(String domain, End end, MatrixCertificates certificates, DnsResolver dns)
      throws IOException {
    S2sSettings.Domain hosted = S2sSettings.Domain.of(domain);
    IssuedCertificate shown = certificates.of(end.certificate(), domain);
    S2sSettings settings =
        new S2sSettings(
            List.of(hosted),
            S2sSettings.identities(Map.of(hosted, new TlsIdentity(shown.key(), shown.chain()))),
            SOMEWHERE,
            SOMEWHERE,
            new PeerPolicy.Rules(end.tls().required, end.dialback().rule, true),
            S2sSettings.Limits.DEFAULT,
            S2sSettings.Deadlines.DEFAULT);
    transport =
        new S2sTransport(
            settings,
            new S2sTransport.Parts(
                new OpenCalls(),
                () -> Optional.of(dns),
                () -> Optional.of(certificates.verifier(end)),
                () -> Optional.of(handler)),
            () -> {});
    relay =
        end.tls().stripped
            ? Optional.of(new StrippingRelay(0, transport.listening().plain().get(0).getPort()))
            : Optional.empty();
  }

  /** Where a door of it is; the usual port is not for tests. */
  int port(Door door, SocketServer stranger) {
    return switch (door) {
      case STARTTLS ->
          relay
              .map(StrippingRelay::port)
              .orElseGet(() -> transport.listening().plain().get(0).getPort());
      case DIRECT_TLS -> transport.listening().direct().get(0).getPort();
      case STRANGER -> stranger.port(Door.STARTTLS, stranger);
      case DEAD, LOST, UNTOLD -> DEAD_PORT;
      case USUAL_PORT -> throw new AssertionError("nobody may listen there");
    };
  }

  @Override
  public void close() throws IOException {
    transport.close();
    if (relay.isPresent()) {
      relay.get().close();
    }
  }
}
