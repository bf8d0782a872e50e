// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.crypto.CertificateVerifier;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.dns.DnsResolver;
import org.wavefed.dns.HostAddress;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.transport.ConnectionProbe;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.ProbeReport;
import org.wavefed.transport.Route;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.transport.s2s.establish.Dialer;
import org.wavefed.transport.s2s.establish.Establishment;
import org.wavefed.transport.s2s.establish.Resolution;
import org.wavefed.xmpp.endpoint.FederationEndpoint;
import org.wavefed.xmpp.endpoint.OpenCalls;
import org.wavefed.xmpp.netty.IoThreads;
import org.wavefed.xmpp.netty.NettyTimers;
import org.wavefed.xmpp.xml.Element;

/** Federation of all domains of ours, from server to server. Thread-safe. */
final class S2sTransport implements FederationTransport, ConnectionProbe, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(S2sTransport.class);
  static final String KIND = "s2s";

  /** How long what is under way may take when the transport ends. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  /**
   * The other parts, as they come and go.
   *
   * @param calls those of all transports that wait for an answer
   */
  record Parts(
      OpenCalls calls,
      Supplier<Optional<DnsResolver>> dns,
      Supplier<Optional<CertificateVerifier>> verifier,
      Supplier<Optional<FederationHandler>> handler) {}

  private final IoThreads threads = new IoThreads("wavefed-s2s");
  private final SwappableDns dns;
  private final Resolution resolution;
  private final NettyConnector.Tools tools;
  private final NettyTimers timers;
  private final StanzaRouter router;
  private final Map<String, HostedDomain> domains = new LinkedHashMap<>();
  private final OutgoingStreams streams;
  private final S2sListener listener;
  private final Map<String, CompletableFuture<Element>> probes = Probes.none();
  private volatile boolean closed;

  /**
   * Connects to others and listens at once; where it cannot listen, it tries again until it can.
   *
   * @param listeningChanged is told when {@link #listening} changes
   */
  S2sTransport(S2sSettings settings, Parts parts, Runnable listeningChanged) {
    this.dns = new SwappableDns(parts.dns());
    // Not the secure kind: it spreads load and nothing else.
    this.resolution =
        new Resolution(dns, new java.util.Random(ThreadLocalRandom.current().nextLong()));
    PeerPolicy policy = new PeerPolicy(settings.rules(), parts.verifier());
    EventLoop loop = threads.next();
    this.router = new StanzaRouter(loop);
    this.tools =
        new NettyConnector.Tools(
            threads,
            new Tls(settings.identities()),
            policy,
            new DialbackKeys(),
            router,
            new OwnConnections(loop),
            settings.limits().stanzaBytes(),
            settings.deadlines());
    this.timers = new NettyTimers(loop);
    Duration silence = settings.deadlines().silence();
    this.streams =
        new OutgoingStreams(settings.limits(), silence, this::dial, this::undelivered, timers);
    for (S2sSettings.Domain domain : settings.domains()) {
      HostedDomain hosted = HostedDomain.of(domain, settings.limits(), router, timers, parts);
      domains.put(domain.name(), hosted);
      router.add(hosted);
    }
    router.start(streams::send, streams::adopt, this::take);
    this.listener =
        new S2sListener(
            tools,
            settings,
            new IncomingNegotiation.Place(router::isHost, policy, tools.keys(), this::verify),
            router);
    listener.open(timers, listeningChanged);
    long sweep = silence.toMillis() / 2;
    loop.scheduleWithFixedDelay(streams::sweep, sweep, sweep, TimeUnit.MILLISECONDS);
    LOG.info("federation ready: {} (s2s){}", domains.keySet(), place(listener.listening()));
  }

  private static String place(S2sListener.Listening listening) {
    List<InetSocketAddress> all = new ArrayList<>(listening.plain());
    all.addAll(listening.direct());
    return all.isEmpty()
        ? ", listening nowhere"
        : " at " + all.stream().map(at -> HostAddress.text(at.getAddress(), at.getPort())).toList();
  }

  /** What comes may be the answer to a question of a stream, or of this class. */
  private boolean take(Element element) {
    if (LiveStream.isPong(element)) {
      Pair.of(element).ifPresent(pair -> streams.answered(pair.reversed(), element));
      return true;
    }
    return Probes.take(probes, element);
  }

  private void undelivered(Element stanza, FederationException why) {
    if (!Probes.undelivered(probes, stanza, why)) {
      router.undelivered(stanza, why);
    }
  }

  /**
   * Shows other certificates from the next stream on; those that are open live on.
   *
   * @param identities by host, of the same hosts
   */
  void show(Map<String, TlsIdentity> identities) {
    tools.tls().show(identities);
  }

  /** The domains of ours. */
  List<String> domains() {
    return List.copyOf(domains.keySet());
  }

  /** Where others can connect to. */
  S2sListener.Listening listening() {
    return listener.listening();
  }

  /** Tells a wave server that just came that its domains can be reached. */
  void announce(@Nullable FederationHandler handler) {
    if (handler != null) {
      domains.keySet().forEach(handler::connected);
    }
  }

  /** Opens a stream. */
  CompletableFuture<OutgoingStream> dial(Pair pair) {
    return dialer(pair.from(), new OutgoingNegotiation.Goal.Stanzas())
        .dial(pair.to())
        .whenComplete(
            (dialed, failure) -> {
              if (failure != null) {
                LOG.debug("no stream {}: {}", pair, String.valueOf(failure.getMessage()));
              } else {
                LOG.debug("stream {} at {}", pair, dialed.endpoint());
              }
            })
        .thenApply(Dialer.Dialed::stream);
  }

  private Dialer<OutgoingStream> dialer(String from, OutgoingNegotiation.Goal goal) {
    return new Dialer<>(resolution, dns, new NettyConnector(tools, from, goal), timers);
  }

  /** Asks the server of the domain that shows a dialback key whether it is its own. */
  private CompletableFuture<Void> verify(Pair pair, String id, String key) {
    return dialer(pair.to(), new OutgoingNegotiation.Goal.Verify(id, key))
        .dial(pair.from())
        .thenAccept(dialed -> dialed.stream().close("the key is verified"));
  }

  @Override
  public CompletionStage<ProbeReport> probe(String localDomain, String peerDomain, boolean fresh) {
    HostedDomain hosted = domains.get(localDomain);
    if (hosted == null) {
      return CompletableFuture.failedFuture(notServed(localDomain));
    }
    String from = hosted.domain().service();
    return new Establishment<>(
            resolution,
            dialer(from, new OutgoingNegotiation.Goal.Stanzas()),
            new Probes(from, timers, streams::send, probes),
            timers)
        .run(peerDomain, fresh);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public boolean serves(String localDomain) {
    return !closed && domains.containsKey(localDomain);
  }

  @Override
  public CompletionStage<String> discover(Route route, Duration timeout) {
    return from(route, endpoint -> endpoint.discover(route.peerDomain(), timeout));
  }

  @Override
  public CompletionStage<Void> ping(Route route, Duration timeout) {
    return from(route, endpoint -> endpoint.ping(route.peerDomain(), timeout));
  }

  @Override
  public CompletionStage<Void> update(Route route, WaveletUpdate update, Duration timeout) {
    return from(route, endpoint -> endpoint.update(route.peerDomain(), update, timeout));
  }

  @Override
  public CompletionStage<SubmitResult> submit(
      Route route, WaveletName wavelet, Bytes signedDelta, Duration timeout) {
    return from(
        route, endpoint -> endpoint.submit(route.peerDomain(), wavelet, signedDelta, timeout));
  }

  @Override
  public CompletionStage<History> history(Route route, HistoryRequest request, Duration timeout) {
    return from(route, endpoint -> endpoint.history(route.peerDomain(), request, timeout));
  }

  @Override
  public CompletionStage<SignerInfo> signer(Route route, SignerRequest request, Duration timeout) {
    return from(route, endpoint -> endpoint.signer(route.peerDomain(), request, timeout));
  }

  @Override
  public CompletionStage<Void> postSigner(Route route, SignerInfo signer, Duration timeout) {
    return from(route, endpoint -> endpoint.postSigner(route.peerDomain(), signer, timeout));
  }

  private <T> CompletionStage<T> from(
      Route route, Function<FederationEndpoint, CompletableFuture<T>> call) {
    HostedDomain hosted = domains.get(route.localDomain());
    return closed || hosted == null
        ? CompletableFuture.failedFuture(notServed(route.localDomain()))
        : call.apply(hosted.endpoint());
  }

  private FederationException notServed(String domain) {
    return new FederationException(
        FailureReason.NOT_CONNECTED,
        closed
            ? "the transport was stopped"
            : "this transport serves " + domains.keySet() + ", not " + domain);
  }

  /**
   * What is under way gets a moment to end well: an answer that is lost costs a peer's user a
   * time-out.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    CompletableFuture.allOf(
            domains.values().stream()
                .map(hosted -> hosted.endpoint().finish())
                .toArray(CompletableFuture[]::new))
        .orTimeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
        .handle((done, late) -> null)
        .join();
    listener.close();
    streams.close("we are stopping");
    tools.connections().close();
    domains.values().forEach(d -> d.endpoint().disconnected("the transport was stopped"));
    threads.close();
    LOG.info("federation stopped: {} (s2s)", domains.keySet());
  }
}
