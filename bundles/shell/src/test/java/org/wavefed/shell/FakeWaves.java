// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.InvalidOperationException;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveId;
import org.wavefed.model.id.WaveletId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.wave.Submitted;
import org.wavefed.wave.Watcher;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveService;
import org.wavefed.wave.WaveletChange;
import org.wavefed.wave.WaveletSnapshot;
import org.wavefed.wave.WaveletSummary;

/** Waves of acmewave.example in memory: no transformation, no federation. */
public final class FakeWaves implements WaveService {
  public static final String DOMAIN = "acmewave.example";
  private static final Bytes HASH = Bytes.copyOf(new byte[20]);

  private final Map<WaveletName, List<WaveletState>> states = new LinkedHashMap<>();
  private final Map<WaveletName, List<WaveletChange>> changes = new LinkedHashMap<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private Optional<WaveException> refusal = Optional.empty();

  /** From now on every submit is refused with this line. */
  public void refuse(WaveException.Reason reason, String line) {
    refusal = Optional.of(new WaveException(reason, line, null));
  }

  @Override
  public Set<String> localDomains() {
    return Set.of(DOMAIN);
  }

  @Override
  public CompletionStage<WaveletName> create(ParticipantId user) {
    WaveletName name =
        new WaveletName(
            WaveId.of(DOMAIN, "w+" + (char) ('a' + states.size()) + "bc"),
            WaveletId.of(DOMAIN, "conv+root"));
    states.put(name, new ArrayList<>(List.of(WaveletState.empty(name))));
    changes.put(name, new ArrayList<>());
    apply(
        user,
        name,
        List.of(
            new AddParticipant(user),
            new MutateDocument("conversation", manifest()),
            new MutateDocument("b+first", blip(user))));
    return CompletableFuture.completedStage(name);
  }

  private static DocOp manifest() {
    return DocOp.builder()
        .elementStart("conversation", Attributes.EMPTY)
        .elementStart("blip", Attributes.of("id", "b+first"))
        .elementEnd()
        .elementEnd()
        .build();
  }

  private static DocOp blip(ParticipantId author) {
    return DocOp.builder()
        .elementStart("contributor", Attributes.of("name", author.address()))
        .elementEnd()
        .elementStart("body", Attributes.EMPTY)
        .elementStart("line", Attributes.EMPTY)
        .elementEnd()
        .elementEnd()
        .build();
  }

  private HashedVersion apply(
      ParticipantId user, WaveletName name, List<WaveletOperation> operations) {
    List<WaveletState> versions = states.get(name);
    WaveletState before = versions.get(versions.size() - 1);
    try {
      WaveletState after = before.apply(user, 1_000_000 + before.version(), operations);
      versions.add(after);
      WaveletChange change =
          new WaveletChange(
              version(before), version(after), user, after.lastModifiedTime(), operations);
      changes.get(name).add(change);
      watchers.forEach(watcher -> watcher.changed(change));
      return version(after);
    } catch (InvalidOperationException e) {
      throw new WaveException(
          WaveException.Reason.INVALID_OPERATION, String.valueOf(e.getMessage()), e);
    }
  }

  private static HashedVersion version(WaveletState state) {
    return new HashedVersion(state.version(), HASH);
  }

  @Override
  public CompletionStage<WaveletSnapshot> read(ParticipantId user, WaveletName wavelet) {
    List<WaveletState> versions = states.getOrDefault(wavelet, List.of());
    return versions.isEmpty() || !last(versions).hasParticipant(user)
        ? noSuchWavelet(wavelet)
        : CompletableFuture.completedStage(snapshot(last(versions)));
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private static WaveletSnapshot snapshot(WaveletState state) {
    return new WaveletSnapshot(version(state), state);
  }

  private static <T> CompletionStage<T> noSuchWavelet(WaveletName wavelet) {
    return CompletableFuture.failedStage(
        new WaveException(
            WaveException.Reason.NO_SUCH_WAVELET, "no wavelet " + wavelet + " to see", null));
  }

  @Override
  public CompletionStage<WaveletSnapshot> readAt(
      ParticipantId user, WaveletName wavelet, long version) {
    return states.getOrDefault(wavelet, List.of()).stream()
        .filter(state -> state.version() == version)
        .findFirst()
        .<CompletionStage<WaveletSnapshot>>map(
            state -> CompletableFuture.completedStage(snapshot(state)))
        .orElseGet(
            () ->
                CompletableFuture.failedStage(
                    new WaveException(
                        WaveException.Reason.NO_SUCH_VERSION, "no version " + version, null)));
  }

  @Override
  public CompletionStage<Submitted> submit(
      ParticipantId user,
      WaveletName wavelet,
      HashedVersion target,
      List<WaveletOperation> operations) {
    if (refusal.isPresent()) {
      return CompletableFuture.failedStage(refusal.get());
    }
    return CompletableFuture.completedStage(new Submitted(apply(user, wavelet, operations), 0));
  }

  @Override
  public CompletionStage<Watch> watch(ParticipantId user, WaveletName wavelet, Watcher watcher) {
    watcher.opened(snapshot(last(states.get(wavelet))));
    watchers.add(watcher);
    return CompletableFuture.completedStage(() -> watchers.remove(watcher));
  }

  /** Whether somebody watches. */
  public boolean isWatched() {
    return !watchers.isEmpty();
  }

  @Override
  public CompletionStage<List<WaveletSummary>> list(ParticipantId user, int limit) {
    return CompletableFuture.completedStage(
        states.values().stream()
            .map(FakeWaves::last)
            .filter(state -> state.hasParticipant(user))
            .limit(limit)
            .map(
                state ->
                    new WaveletSummary(
                        state.name(),
                        version(state),
                        state.lastModifiedTime(),
                        state.participants(),
                        "Title",
                        true))
            .toList());
  }

  @Override
  public CompletionStage<List<WaveletChange>> history(
      ParticipantId user, WaveletName wavelet, long from, int limit) {
    return CompletableFuture.completedStage(
        changes.get(wavelet).stream()
            .filter(change -> change.appliedAt().version() >= from)
            .limit(limit)
            .toList());
  }
}
