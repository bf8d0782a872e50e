// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wavefed.configuration.CheckedConfiguration;
import org.wavefed.crypto.DeltaSigner;
import org.wavefed.crypto.DeltaVerifier;
import org.wavefed.crypto.SignerInfo;
import org.wavefed.crypto.SignerStore;
import org.wavefed.federation.DeliveryQueue;
import org.wavefed.federation.PeerTransports;
import org.wavefed.federation.Peers;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.server.concurrent.Backoff;
import org.wavefed.server.concurrent.Deadlines;
import org.wavefed.server.concurrent.Threads;
import org.wavefed.server.peer.PeerBook;
import org.wavefed.server.remote.MissedUpdates;
import org.wavefed.store.DeltaStore;
import org.wavefed.transport.FederationHandler;
import org.wavefed.transport.FederationTransport;
import org.wavefed.transport.History;
import org.wavefed.transport.HistoryRequest;
import org.wavefed.transport.Peer;
import org.wavefed.transport.Route;
import org.wavefed.transport.SignerRequest;
import org.wavefed.transport.SubmitResult;
import org.wavefed.transport.WaveletUpdate;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.Watcher;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletChange;
import org.wavefed.wave.WaveletSnapshot;
import org.wavefed.wave.WaveletSummary;

/**
 * The component: holds the services that come and go, and hands every call to the session on the
 * store that there is. Without a store everything is refused, and nothing is lost. Thread-safe.
 */
@Component(
    service = {
      WaveService.class,
      FederationHandler.class,
      Peers.class,
      PeerTransports.class,
      DeliveryQueue.class
    },
    immediate = true,
    configurationPid = "org.wavefed.server")
@Designate(ocd = ServerConfig.class)
public final class WaveServer
    implements WaveService, FederationHandler, Peers, PeerTransports, DeliveryQueue, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WaveServer.class);

  private final Clock clock;
  private final Threads threads = new Threads();
  private final PeerBook book;
  private final Parts parts;

  private final CurrentSession session = new CurrentSession();

  /** Also what comes while there is no store. */
  private final MissedUpdates missed =
      new MissedUpdates(
          new Deadlines(threads.timer())::after,
          new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(10), new Random()),
          threads.workers());

  private volatile Settings settings;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable ConfigurationAdmin configurations;

  /** Activated by OSGi. */
  @Activate
  public WaveServer(Map<String, Object> values) {
    this(Settings.read(values));
  }

  private WaveServer(CheckedConfiguration<ServerConfig> read) {
    this(Settings.first(read), Clock.systemUTC());
    readPins(read.values());
  }

  /** A server without OSGi: set and add the services that it shall use. */
  public WaveServer(Domains domains, Limits limits, Clock clock) {
    this(new Settings(domains, limits), clock);
  }

  private WaveServer(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.book = new PeerBook(clock);
    this.parts = new Parts(threads, () -> this.settings.limits().absence());
    Domains domains = settings.domains();
    if (domains.all().isEmpty()) {
      log.warn("no domain is configured: set domains in etc/org.wavefed.server.cfg");
    } else {
      log.info("wave server for {}", domains.all());
    }
  }

  @Modified
  void configure(Map<String, Object> values) {
    CheckedConfiguration<ServerConfig> read = Settings.read(values);
    Settings before = settings;
    settings = before.next(read);
    if (!before.domains().equals(settings.domains())) {
      log.info(
          "wave server for {}, before for {}", settings.domains().all(), before.domains().all());
    }
    readPins(read.values());
  }

  private void readPins(ServerConfig config) {
    try {
      book.transports().pin(Pins.parse(config.transports_pinned()));
    } catch (IllegalArgumentException e) {
      log.error("the pins stay as they were: {}", e.getMessage());
    }
  }

  /** Ends everything, within a bounded time. */
  @Deactivate
  @Override
  public void close() {
    missed.stop();
    parts.close();
    session.end();
    threads.close();
  }

  // ---- services that come and go

  /** A store is there: begin on it. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      unbind = "unsetStore")
  public void setStore(DeltaStore store) {
    session.replace(
        () ->
            new ServerSession(
                store,
                parts,
                () -> settings.domains(),
                () -> settings.limits(),
                threads,
                book,
                clock,
                new Random(),
                this::missed));
    log.info("waves are kept in {}", store.description());
  }

  /** A store goes. */
  public void unsetStore(DeltaStore store) {
    if (session.end(store)) {
      log.info("{} is gone; everything is refused until a store is there", store.description());
    }
  }

  /** A transport is there: what waits is tried. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void addTransport(FederationTransport transport, Map<String, Object> properties) {
    parts.transports.add(transport, properties);
    session.now().ifPresent(now -> now.deliveries().tryAll());
  }

  /** A transport goes. */
  public void removeTransport(FederationTransport transport) {
    parts.transports.remove(transport);
  }

  /** Who signs is there. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setSigner(DeltaSigner signer) {
    parts.signer.set(signer);
  }

  /** Who signs goes. */
  public void unsetSigner(DeltaSigner signer) {
    parts.signer.unset(signer);
  }

  /** Who verifies is there. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setVerifier(DeltaVerifier verifier) {
    parts.verifier.set(verifier);
  }

  /** Who verifies goes. */
  public void unsetVerifier(DeltaVerifier verifier) {
    parts.verifier.unset(verifier);
  }

  /** Who knows signers is there. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setSigners(SignerStore signers) {
    parts.signers.set(signers);
  }

  /** Who knows signers goes. */
  public void unsetSigners(SignerStore signers) {
    parts.signers.unset(signers);
  }

  /** The transports that there are now, the preferred one first. */
  List<FederationTransport> transports() {
    return parts.transports();
  }

  // ---- WaveService

  @Override
  public Set<String> localDomains() {
    return settings.domains().all();
  }

  @Override
  public CompletionStage<WaveletName> create(ParticipantId user) {
    return session.forUser(waves -> waves.create(user));
  }

  @Override
  public CompletionStage<WaveletSnapshot> read(ParticipantId user, WaveletName wavelet) {
    return session.forUser(waves -> waves.read(user, wavelet));
  }

  @Override
  public CompletionStage<WaveletSnapshot> readAt(
      ParticipantId user, WaveletName wavelet, long version) {
    return session.forUser(waves -> waves.readAt(user, wavelet, version));
  }

  @Override
  public CompletionStage<Submitted> submit(
      ParticipantId user,
      WaveletName wavelet,
      HashedVersion target,
      List<WaveletOperation> operations) {
    return session.forUser(waves -> waves.submit(user, wavelet, target, operations));
  }

  @Override
  public CompletionStage<Watch> watch(ParticipantId user, WaveletName wavelet, Watcher watcher) {
    return session.forUser(waves -> waves.watch(user, wavelet, watcher));
  }

  @Override
  public CompletionStage<List<WaveletSummary>> list(ParticipantId user, int limit) {
    return session.forUser(waves -> waves.list(user, limit));
  }

  @Override
  public CompletionStage<List<WaveletChange>> history(
      ParticipantId user, WaveletName wavelet, long from, int limit) {
    return session.forUser(waves -> waves.history(user, wavelet, from, limit));
  }

  // ---- FederationHandler

  @Override
  public CompletionStage<Void> update(Peer peer, WaveletUpdate update) {
    return take(peer, update)
        .whenComplete(
            (taken, failure) -> {
              if (failure != null && Refusals.mayPass(failure)) {
                missed(peer, update);
              }
            });
  }

  private CompletionStage<Void> take(Peer peer, WaveletUpdate update) {
    return session.forPeer(gate -> gate.update(peer, update));
  }

  @Override
  public void missed(Peer peer, WaveletUpdate update) {
    missed.add(peer.address(), update, again -> take(peer, again));
  }

  private void missed(Route toHost, WaveletUpdate update) {
    missed.add(
        toHost.peerDomain(), update, again -> session.forPeer(gate -> gate.told(toHost, again)));
  }

  @Override
  public CompletionStage<SubmitResult> submit(Peer peer, WaveletName wavelet, Bytes signedDelta) {
    return session.forPeer(gate -> gate.submit(peer, wavelet, signedDelta));
  }

  @Override
  public CompletionStage<History> history(Peer peer, HistoryRequest request) {
    return session.forPeer(gate -> gate.history(peer, request));
  }

  @Override
  public CompletionStage<SignerInfo> signer(Peer peer, SignerRequest request) {
    return session.forPeer(gate -> gate.signer(peer, request));
  }

  @Override
  public CompletionStage<Void> postSigner(Peer peer, SignerInfo signer) {
    return session.forPeer(gate -> gate.postSigner(peer, signer));
  }

  @Override
  public void pinged(Peer peer) {
    session.now().ifPresent(now -> now.gate().pinged(peer));
  }

  @Override
  public void connected(String localDomain) {
    session.now().ifPresent(now -> now.gate().connected(localDomain));
  }

  // ---- Peers, PeerTransports and DeliveryQueue

  @Override
  public List<PeerStatus> list() {
    return session.now().map(now -> now.peers().list()).orElse(List.of());
  }

  @Override
  public List<Use> uses() {
    return session
        .now()
        .map(now -> now.peers().routes(settings.domains()))
        .orElseGet(book.transports()::routes)
        .stream()
        .map(route -> book.transports().next(route, parts.transports.kinds(route.localDomain())))
        .toList();
  }

  @Override
  public Map<String, String> pins() {
    return book.transports().pins();
  }

  @Override
  public void pin(String peerDomain, String kind) {
    Pins.write(configurations, peerDomain, Optional.of(kind));
  }

  @Override
  public void unpin(String peerDomain) {
    Pins.write(configurations, peerDomain, Optional.empty());
  }

  @Override
  public List<Waiting> waiting(String peerDomain, int limit) {
    return session.now().map(now -> now.deliveries().waiting(peerDomain, limit)).orElse(List.of());
  }

  @Override
  public void tryNow(String peerDomain) {
    session.now().ifPresent(now -> now.deliveries().tryNow(peerDomain));
  }
}
