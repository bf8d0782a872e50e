// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.wavefed.crypto.SignerId;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.testkit.federation.RecordingHandler;
import org.wavefed.testkit.lab.ProsodyServer;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Peer;
import org.wavefed.transport.Route;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.xmpp.endpoint.OpenCalls;
import org.wavefed.xmpp.netty.IoThreads;

/** A component of an XMPP server, with a wave server that answers by rote. */
record Organisation(String domain, ComponentTransport transport, RecordingHandler handler)
    implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(20);
  static final WaveletName WAVELET = WaveletName.parseUri("wave://acmewave.example/w+x/conv+root");
  static final HashedVersion VERSION = new HashedVersion(5, Bytes.copyOf(new byte[] {1, 2, 3}));
  static final Bytes DELTA = Bytes.copyOf("a delta".getBytes(UTF_8));

  /** Connects to that server, now or later. */
  static Organisation of(ProsodyServer.Settings server, String secret, IoThreads threads) {
    RecordingHandler handler = new RecordingHandler();
    ComponentTransport transport =
        new ComponentTransport(
            new ComponentSettings(
                server.domain(),
                "",
                server.address(),
                server.componentPort(),
                secret,
                ComponentSettings.Limits.DEFAULT,
                ComponentSettings.Deadlines.DEFAULT,
                "google-wave",
                "test.cfg"),
            threads,
            new OpenCalls());
    transport.handler(handler);
    return new Organisation(server.domain(), transport, handler);
  }

  static Organisation of(ProsodyServer.Settings server, IoThreads threads) {
    return of(server, server.secret(), threads);
  }

  boolean isConnected() {
    return transport.serves(domain);
  }

  Route to(String peer) {
    return new Route(domain, peer);
  }

  /** Pings the wave service of another. */
  CompletionStage<Void> pings(String peer) {
    return transport.ping(to(peer), TIMEOUT);
  }

  /** An update with one delta. */
  static WaveletUpdate update(Bytes delta) {
    return new WaveletUpdate(WAVELET, List.of(delta), Optional.of(VERSION));
  }

  /** Makes every call that a host makes at another, and every one that the other makes at it. */
  void callsAndIsCalledBy(Organisation other) {
    Route there = to(other.domain);
    Route back = other.to(domain);
    WaveletUpdate update = new WaveletUpdate(WAVELET, List.of(DELTA, DELTA), Optional.of(VERSION));
    HistoryRequest history =
        new HistoryRequest(WAVELET, VERSION, VERSION, OptionalLong.of(300_000));
    SignerRequest signer = new SignerRequest(new SignerId(DELTA), WAVELET, VERSION);

    assertThat(Outcome.of(transport.discover(there, TIMEOUT))).isEqualTo("wave." + other.domain);
    Outcome.of(transport.ping(there, TIMEOUT));
    Outcome.of(transport.update(there, update, TIMEOUT));
    Outcome.of(other.transport.postSigner(back, handler.signer, TIMEOUT));
    assertThat(
            Outcome.of(other.transport.submit(back, WAVELET, DELTA, TIMEOUT)).resulting().version())
        .isEqualTo(7);
    assertThat(
            Outcome.of(other.transport.history(back, history, TIMEOUT))
                .appliedDeltas()
                .get(1)
                .size())
        .isEqualTo(200_000);
    assertThat(Outcome.of(other.transport.signer(back, signer, TIMEOUT))).isEqualTo(handler.signer);

    assertThat(other.handler.received).contains("ping", update);
    assertThat(handler.received).contains(handler.signer, DELTA, history, signer);
    assertThat(other.handler.peers).extracting(Peer::address).contains("wave." + domain);
  }

  @Override
  public void close() {
    transport.close();
  }
}
