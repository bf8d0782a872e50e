// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.component;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Route;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.xmpp.endpoint.EndpointSettings;
import org.wavefed.xmpp.endpoint.FederationEndpoint;
import org.wavefed.xmpp.endpoint.OpenCalls;
import org.wavefed.xmpp.netty.IoThreads;
import org.wavefed.xmpp.netty.NettyTimers;
import org.wavefed.xmpp.stream.StreamFailure;
import org.wavefed.xmpp.xml.Element;

/** Federation of one domain of ours through its XMPP server. */
final class ComponentTransport implements FederationTransport, AutoCloseable {
  private static final String KIND = "component";
  private static final Duration DISCOVERY = Duration.ofSeconds(10);

  /** How long what is under way may take when the transport ends. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final ComponentSettings settings;
  private final ComponentConnection connection;
  private final FederationEndpoint endpoint;
  private volatile @Nullable FederationHandler handler;

  /** Connects, and stays connected until closed. */
  ComponentTransport(ComponentSettings settings, IoThreads threads, OpenCalls calls) {
    this.settings = settings;
    EventLoop loop = threads.next();
    this.connection = new ComponentConnection(settings, loop, new Events());
    this.endpoint =
        new FederationEndpoint(
            new EndpointSettings(
                KIND,
                settings.domain(),
                settings.jid(),
                settings.identityType(),
                settings.limits().callsInFlight(),
                settings.limits().inHand(),
                settings.limits().inHandPerPeer(),
                DISCOVERY),
            calls,
            connection,
            new NettyTimers(loop),
            () -> Optional.ofNullable(handler));
    connection.open();
  }

  ComponentSettings settings() {
    return settings;
  }

  /** Who answers peers from now on; may be nobody for a while. */
  void handler(@Nullable FederationHandler newHandler) {
    handler = newHandler;
    if (newHandler != null && connection.isUp()) {
      newHandler.connected(settings.domain());
    }
  }

  private final class Events implements ComponentConnection.Listener {
    @Override
    public void up() {
      FederationHandler present = handler;
      if (present != null) {
        present.connected(settings.domain());
      }
    }

    @Override
    public void received(Element stanza) {
      endpoint.received(stanza);
    }

    @Override
    public void refused(Element envelope, String fault) {
      endpoint.refused(envelope, fault);
    }

    @Override
    public void down(StreamFailure failure) {
      endpoint.disconnected(failure.message());
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public boolean serves(String localDomain) {
    return settings.domain().equals(localDomain) && connection.isUp();
  }

  @Override
  public CompletionStage<String> discover(Route route, Duration timeout) {
    return from(route, () -> endpoint.discover(route.peerDomain(), timeout));
  }

  @Override
  public CompletionStage<Void> ping(Route route, Duration timeout) {
    return from(route, () -> endpoint.ping(route.peerDomain(), timeout));
  }

  @Override
  public CompletionStage<Void> update(Route route, WaveletUpdate update, Duration timeout) {
    return from(route, () -> endpoint.update(route.peerDomain(), update, timeout));
  }

  @Override
  public CompletionStage<SubmitResult> submit(
      Route route, WaveletName wavelet, Bytes signedDelta, Duration timeout) {
    return from(route, () -> endpoint.submit(route.peerDomain(), wavelet, signedDelta, timeout));
  }

  @Override
  public CompletionStage<History> history(Route route, HistoryRequest request, Duration timeout) {
    return from(route, () -> endpoint.history(route.peerDomain(), request, timeout));
  }

  @Override
  public CompletionStage<SignerInfo> signer(Route route, SignerRequest request, Duration timeout) {
    return from(route, () -> endpoint.signer(route.peerDomain(), request, timeout));
  }

  @Override
  public CompletionStage<Void> postSigner(Route route, SignerInfo signer, Duration timeout) {
    return from(route, () -> endpoint.postSigner(route.peerDomain(), signer, timeout));
  }

  private <T> CompletionStage<T> from(Route route, Supplier<CompletableFuture<T>> call) {
    if (!settings.domain().equals(route.localDomain())) {
      return CompletableFuture.failedFuture(
          new FederationException(
              FailureReason.NOT_CONNECTED,
              "this transport serves " + settings.domain() + ", not " + route.localDomain()));
    }
    return call.get();
  }

  /**
   * What is under way gets a moment to end well: an answer that is lost costs a peer's user a
   * time-out.
   */
  @Override
  public void close() {
    if (connection.isUp()) {
      endpoint
          .finish()
          .orTimeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
          .handle((done, late) -> null)
          .join();
    }
    connection.close();
    endpoint.disconnected("the transport was stopped");
  }
}
