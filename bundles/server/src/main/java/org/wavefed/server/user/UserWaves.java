// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.conversation.ConversationWriter;
import org.wavefed.model.document.InvalidOperationException;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.protocol.SignedDelta;
import org.wavefed.protocol.WaveletCopy;
import org.wavefed.server.Domains;
import org.wavefed.server.Limits;
import org.wavefed.server.Refusals;
import org.wavefed.server.concurrent.Deadlines;
import org.wavefed.server.host.HostedWavelets;
import org.wavefed.server.host.Signing;
import org.wavefed.server.remote.RemoteSubmits;
import org.wavefed.server.remote.RemoteWavelets;
import org.wavefed.server.wavelet.Deltas;
import org.wavefed.server.wavelet.TrackedCopy;
import org.wavefed.server.wavelet.WaveletIndex;
import org.wavefed.server.wavelet.Wavelets;
import org.wavefed.store.StoredDelta;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.Watcher;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletChange;
import org.wavefed.wave.WaveletSnapshot;
import org.wavefed.wave.WaveletSummary;

/** {@link WaveService} on one store. Thread-safe. */
public final class UserWaves implements WaveService {
  private static final long PAGE_BYTES = 1 << 20;

  private final Supplier<Domains> domains;
  private final Supplier<Limits> limits;
  private final Wavelets wavelets;
  private final WaveletIndex index;
  private final HostedWavelets hosted;
  private final RemoteWavelets remote;
  private final RemoteSubmits remoteSubmits;
  private final Signing signing;
  private final Deadlines deadlines;
  private final Executor watcherPool;
  private final Access access;
  private final NewIds ids = new NewIds();

  /** The service on these parts, which belong to one store. */
  public UserWaves(
      Supplier<Domains> domains,
      Supplier<Limits> limits,
      Wavelets wavelets,
      WaveletIndex index,
      HostedWavelets hosted,
      RemoteWavelets remote,
      RemoteSubmits remoteSubmits,
      Signing signing,
      Deadlines deadlines,
      Executor watcherPool) {
    this.domains = domains;
    this.limits = limits;
    this.wavelets = wavelets;
    this.index = index;
    this.hosted = hosted;
    this.remote = remote;
    this.remoteSubmits = remoteSubmits;
    this.signing = signing;
    this.deadlines = deadlines;
    this.watcherPool = watcherPool;
    this.access = new Access(domains, wavelets);
  }

  @Override
  public Set<String> localDomains() {
    return domains.get().all();
  }

  @Override
  public CompletionStage<WaveletName> create(ParticipantId user) {
    return access.forUser(
        user,
        () -> {
          WaveletCopy empty = WaveletCopy.empty(ids.conversation(user.domain()));
          List<WaveletOperation> operations =
              new ConversationWriter(empty.state(), user).create(ids.blip(), "");
          WaveletDelta delta = new WaveletDelta(empty.version(), user, operations);
          return bounded(
              signing
                  .sign(delta)
                  .thenCompose(signed -> hosted.create(empty.name(), signed, delta))
                  .thenApply(first -> empty.name()));
        });
  }

  @Override
  public CompletionStage<WaveletSnapshot> read(ParticipantId user, WaveletName wavelet) {
    return access.forUser(user, () -> access.visible(user, wavelet).thenApply(UserWaves::snapshot));
  }

  @Override
  public CompletionStage<WaveletSnapshot> readAt(
      ParticipantId user, WaveletName wavelet, long version) {
    return access.forUser(
        user,
        () ->
            access
                .visible(user, wavelet)
                .thenCompose(
                    now ->
                        version == now.version().version()
                            ? CompletableFuture.completedStage(snapshot(now))
                            : readAt(wavelet, version)));
  }

  private CompletionStage<WaveletSnapshot> readAt(WaveletName wavelet, long version) {
    return wavelets
        .at(wavelet, version)
        .thenApply(copy -> snapshot(copy.orElseThrow(() -> noSuchVersion(wavelet, version))));
  }

  @Override
  public CompletionStage<Submitted> submit(
      ParticipantId user,
      WaveletName wavelet,
      HashedVersion target,
      List<WaveletOperation> operations) {
    return access.forUser(
        user,
        () -> {
          Wording.check(operations);
          WaveletDelta delta = new WaveletDelta(target, user, operations);
          return bounded(
              access.knownTo(user, wavelet).thenCompose(now -> submit(wavelet, delta, now)));
        });
  }

  private CompletionStage<Submitted> submit(
      WaveletName wavelet, WaveletDelta delta, TrackedCopy now) {
    boolean isHosted = domains.get().isLocal(wavelet.host());
    if (!isHosted) {
      requireWritable(wavelet, delta, now);
    }
    preCheck(delta, now);
    return signing
        .sign(delta)
        .thenApply(this::requireSize)
        .thenCompose(
            signed ->
                isHosted
                    ? hosted.submit(wavelet, signed, delta).thenApply(UserWaves::submitted)
                    : remoteSubmits.submit(wavelet, delta.author().domain(), signed));
  }

  private SignedDelta requireSize(SignedDelta signed) {
    int most = limits.get().deltaBytes();
    if (signed.toBytes().size() > most) {
      throw Refusals.refuse(
          Reason.INVALID_OPERATION,
          "this is too much at once: "
              + signed.toBytes().size()
              + " bytes, and the most is "
              + most
              + "; write it in several parts");
    }
    return signed;
  }

  private void requireWritable(WaveletName wavelet, WaveletDelta delta, TrackedCopy now) {
    remote
        .quarantined(wavelet)
        .ifPresent(
            why -> {
              throw Refusals.refuse(Reason.QUARANTINED, wavelet + " takes no changes here: " + why);
            });
    if (!now.state().hasParticipant(delta.author())) {
      throw Refusals.refuse(
          Reason.NOT_ALLOWED, delta.author() + " is not a participant of " + wavelet);
    }
    if (delta.target().version() > now.version().version()) {
      throw noSuchVersion(wavelet, delta.target().version());
    }
  }

  /** Spares the signature, and the way to the host, for what cannot be accepted. */
  private static void preCheck(WaveletDelta delta, TrackedCopy now) {
    boolean current = delta.target().equals(now.version());
    if (!current || !now.state().hasParticipant(delta.author())) {
      return;
    }
    try {
      now.state().apply(delta.author(), now.state().lastModifiedTime(), delta.operations());
    } catch (InvalidOperationException e) {
      throw new WaveException(Reason.INVALID_OPERATION, e.getMessage(), e);
    }
  }

  private static Submitted submitted(LoggedDelta delta) {
    return new Submitted(delta.resulting(), delta.timestampMillis());
  }

  @Override
  public CompletionStage<Watch> watch(ParticipantId user, WaveletName wavelet, Watcher watcher) {
    return access.forUser(
        user,
        () ->
            access
                .visible(user, wavelet)
                .thenCompose(now -> wavelets.watch(wavelet, user, watcher, watcherPool)));
  }

  @Override
  public CompletionStage<List<WaveletSummary>> list(ParticipantId user, int limit) {
    return access.forUser(
        user,
        () ->
            deadlines
                .within(
                    limits.get().replyTimeout(),
                    index.complete(),
                    () -> Refusals.refuse(Reason.UNAVAILABLE, "wavelets are still being read"))
                .thenApply(complete -> index.list(user, limit, wavelets)));
  }

  @Override
  public CompletionStage<List<WaveletChange>> history(
      ParticipantId user, WaveletName wavelet, long from, int limit) {
    return access.forUser(
        user,
        () ->
            access
                .visible(user, wavelet)
                .thenCompose(
                    now ->
                        history(wavelet, from, now.version().version(), limit, new ArrayList<>())));
  }

  private CompletionStage<List<WaveletChange>> history(
      WaveletName wavelet, long from, long to, int limit, List<WaveletChange> soFar) {
    if (from > to || from < 0) {
      throw noSuchVersion(wavelet, from);
    }
    if (from == to || soFar.size() >= limit) {
      return CompletableFuture.completedStage(soFar);
    }
    return wavelets
        .page(wavelet, from, to, PAGE_BYTES)
        .thenCompose(
            page -> {
              for (StoredDelta stored : page) {
                if (soFar.size() < limit) {
                  soFar.add(Deltas.toChange(Deltas.fromStored(stored)));
                }
              }
              long next = page.isEmpty() ? to : page.get(page.size() - 1).resulting().version();
              return history(wavelet, next, to, limit, soFar);
            });
  }

  private <T> CompletionStage<T> bounded(CompletionStage<T> submit) {
    return deadlines.within(
        limits.get().submitTimeout(),
        submit,
        () ->
            Refusals.refuse(
                Reason.HOST_SILENT,
                "perhaps not accepted: it takes too long; submitting the same again is safe"));
  }

  private static WaveException noSuchVersion(WaveletName wavelet, long version) {
    return Refusals.refuse(
        Reason.NO_SUCH_VERSION,
        "no delta of " + wavelet + " ends at version " + version + "; read it again");
  }

  private static WaveletSnapshot snapshot(TrackedCopy copy) {
    return new WaveletSnapshot(copy.version(), copy.state());
  }
}
