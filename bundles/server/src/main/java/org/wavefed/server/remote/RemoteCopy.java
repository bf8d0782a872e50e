// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.DeltaRejectedException;
import org.wavefed.protocol.HashChain;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.protocol.WaveletCopy.Applied;
import org.wavefed.protocol.WaveletCopy.Outcome;
import org.wavefed.server.Limits;
import org.wavefed.server.concurrent.Stages;
import org.wavefed.server.wavelet.OpenWavelet.Writer;
import org.wavefed.server.wavelet.TrackedCopy;
import org.wavefed.server.wavelet.Wavelets;
import org.wavefed.store.StoredDelta;
import org.wavefed.wave.WaveException;
import org.wavefed.wave.WaveException.Reason;

/**
 * Repeats deltas of hosts in our copies of their wavelets. Signatures have been verified. Fails
 * with {@link SetApart} if a delta does not follow or makes too much of the wavelet. Thread-safe.
 */
final class RemoteCopy {
  private final Wavelets wavelets;
  private final Supplier<Limits> limits;

  /**
   * What was applied and may not be durable yet.
   *
   * @param head the version of the copy
   * @param durable completes when that is durable
   */
  record Staged(HashedVersion head, CompletionStage<?> durable) {}

  RemoteCopy(Wavelets wavelets, Supplier<Limits> limits) {
    this.wavelets = wavelets;
    this.limits = limits;
  }

  /** The copy as it is. */
  CompletionStage<Staged> head(WaveletName name) {
    return wavelets.write(
        name, writer -> CompletableFuture.completedStage(staged(writer, writer.settled())));
  }

  /**
   * Applies deltas that follow on the head, all in one turn of the wavelet: this is what nearly
   * every update of a host is.
   *
   * @return the copy after the last of them; empty if one is not applied at the head or needs
   *     history that is not in memory, and then {@link #apply} goes on after those that were
   *     applied
   */
  CompletionStage<Optional<Staged>> follow(WaveletName name, List<AppliedDelta> deltas) {
    return deltas.isEmpty()
        ? CompletableFuture.completedStage(Optional.empty())
        : wavelets.write(name, writer -> CompletableFuture.completedStage(follow(writer, deltas)));
  }

  private Optional<Staged> follow(Writer writer, List<AppliedDelta> deltas) {
    Optional<Staged> last = Optional.empty();
    for (AppliedDelta delta : deltas) {
      Optional<List<LoggedDelta>> since = writer.since(delta.delta().target().version());
      if (since.isEmpty() || !delta.appliedAt().equals(writer.head().version())) {
        return Optional.empty();
      }
      last = Optional.of(apply(writer, delta, since.get()));
    }
    return last;
  }

  /**
   * Applies deltas one after the other, the first at the head or before; those that the copy has
   * already are passed over.
   */
  CompletionStage<Staged> apply(WaveletName name, List<AppliedDelta> deltas) {
    CompletionStage<Staged> last = head(name);
    for (AppliedDelta delta : deltas) {
      last = last.thenCompose(before -> apply(name, delta, before));
    }
    return last;
  }

  private CompletionStage<Staged> apply(WaveletName name, AppliedDelta delta, Staged before) {
    if (end(delta) <= before.head().version()) {
      return requireSame(name, delta.resulting(), before);
    }
    return Stages.recover(
        wavelets.writeSince(
            name,
            delta.delta().target().version(),
            (writer, since) -> CompletableFuture.completedStage(apply(writer, delta, since))),
        failure -> CompletableFuture.failedStage(explain(failure)));
  }

  /**
   * Requires that the copy, which is that far or further, has this history at this version; then
   * gives the copy.
   */
  CompletionStage<Staged> requireSame(WaveletName name, HashedVersion said, Staged copy) {
    if (copy.head().version() == said.version()) {
      requireSame(name, Optional.of(copy.head()), said);
      return CompletableFuture.completedStage(copy);
    }
    return copy.durable()
        .thenCompose(done -> at(name, said.version()))
        .thenApply(
            ours -> {
              requireSame(name, ours, said);
              return copy;
            });
  }

  private static void requireSame(
      WaveletName name, Optional<HashedVersion> ours, HashedVersion said) {
    if (ours.filter(said::equals).isEmpty()) {
      throw new Contradiction(
          "its host has version " + said.version() + " of " + name + " with another hash");
    }
  }

  private CompletionStage<Optional<HashedVersion>> at(WaveletName name, long version) {
    return version == 0
        ? CompletableFuture.completedStage(Optional.of(HashChain.versionZero(name)))
        : wavelets
            .store()
            .endingAt(name, version)
            .thenApply(delta -> delta.map(StoredDelta::resulting));
  }

  /**
   * Drops the deltas that the log has. One of another history stays, for what it is worth is not
   * known before it is verified.
   */
  CompletionStage<List<AppliedDelta>> unknown(
      WaveletName name, long version, List<AppliedDelta> deltas) {
    List<CompletableFuture<Boolean>> known =
        deltas.stream()
            .map(
                delta ->
                    end(delta) > version
                        ? CompletableFuture.completedFuture(false)
                        : at(name, end(delta))
                            .thenApply(ours -> ours.filter(delta.resulting()::equals).isPresent())
                            .toCompletableFuture())
            .toList();
    return Stages.all(known)
        .thenApply(
            all ->
                IntStream.range(0, deltas.size())
                    .filter(i -> !known.get(i).join())
                    .mapToObj(deltas::get)
                    .toList());
  }

  /** A delta whose author targeted a version that is none of ours contradicts our history. */
  private static Throwable explain(Throwable failure) {
    return failure instanceof WaveException refusal && refusal.reason() == Reason.NO_SUCH_VERSION
        ? new Contradiction(failure.getMessage(), failure)
        : failure;
  }

  private Staged apply(Writer writer, AppliedDelta delta, List<LoggedDelta> since) {
    try {
      TrackedCopy head = writer.head();
      Outcome outcome = head.copy().replay(delta, since);
      if (outcome instanceof Applied applied) {
        LoggedDelta logged = applied.delta();
        Oversize.check(head, head.then(applied.copy(), logged.operations()), limits.get());
        return staged(writer, writer.write(logged, applied.copy(), joined -> List.of()));
      }
      return staged(writer, writer.settled());
    } catch (DeltaRejectedException e) {
      throw new Contradiction(e.getMessage(), e);
    }
  }

  private static Staged staged(Writer writer, CompletionStage<TrackedCopy> durable) {
    return new Staged(writer.head().version(), durable);
  }

  /** The version after a delta. */
  static long end(AppliedDelta delta) {
    return delta.appliedAt().version() + delta.operationsApplied();
  }

  /** Those that end after a version. */
  static List<AppliedDelta> after(long version, List<AppliedDelta> deltas) {
    List<AppliedDelta> later = new ArrayList<>(deltas);
    later.removeIf(delta -> end(delta) <= version);
    return later;
  }
}
