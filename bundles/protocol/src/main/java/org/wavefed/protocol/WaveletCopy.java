// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import java.util.List;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.document.InvalidOperationException;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletState;
import org.wavefed.protocol.DeltaRejectedException.Reason;

/**
 * A wavelet as a server has it at one version: what both the host, who orders deltas, and the
 * remotes, who repeat what the host did, compute ({@code docs/protocol.md}, Versions and hashes).
 * Immutable: each delta gives a new copy, and one that is rejected leaves nothing behind. Neither
 * signatures nor access are checked here.
 *
 * @param name the wavelet's name
 * @param version the version and the hash of the history up to it
 * @param state participants and documents at that version
 */
public record WaveletCopy(WaveletName name, HashedVersion version, WaveletState state) {
  /** What became of a delta that was not rejected. */
  public sealed interface Outcome {
    /** The delta's place in the history. */
    LoggedDelta delta();
  }

  /**
   * The delta was applied.
   *
   * @param delta what to append to the log
   * @param copy the wavelet after it
   */
  public record Applied(LoggedDelta delta, WaveletCopy copy) implements Outcome {}

  /**
   * The delta is part of the history already; nothing changes.
   *
   * @param delta the earlier delta, whose result is this one's result too
   */
  public record Duplicate(LoggedDelta delta) implements Outcome {}

  /** The wavelet before its first delta. */
  public static WaveletCopy empty(WaveletName name) {
    return new WaveletCopy(name, HashChain.versionZero(name), WaveletState.empty(name));
  }

  /**
   * Applies a submitted delta, as the wavelet's host.
   *
   * @param signed the signed delta as it came
   * @param delta what {@code signed.delta()} says
   * @param since the history from the delta's target version to this version, oldest first; it may
   *     start earlier, and may be empty if the target is not behind this version
   * @param timestampMillis when it is applied, in ms since 1970
   * @return {@link Duplicate} if the same author sent equal operations to the same place before
   * @throws DeltaRejectedException if it cannot be applied
   */
  public Outcome host(
      SignedDelta signed, WaveletDelta delta, List<LoggedDelta> since, long timestampMillis)
      throws DeltaRejectedException {
    Rebase rebase = Rebase.onto(version, delta, since);
    if (rebase.duplicateOf().isPresent()) {
      return new Duplicate(rebase.duplicateOf().get());
    }
    return apply(AppliedDelta.build(signed, delta, version, timestampMillis), rebase.operations());
  }

  /**
   * Repeats what the wavelet's host says it applied, as a remote.
   *
   * @param applied the applied delta as it came
   * @param since the history from the version that its author targeted to this version, oldest
   *     first; it may start earlier, and may be empty if the target is not behind this version
   * @return {@link Duplicate} if {@code since} has this very delta
   * @throws DeltaRejectedException {@link Reason#GAP} if deltas before it are missing; otherwise
   *     the host and this copy do not agree
   */
  public Outcome replay(AppliedDelta applied, List<LoggedDelta> since)
      throws DeltaRejectedException {
    HashedVersion appliedAt = applied.appliedAt();
    if (appliedAt.version() > version.version()) {
      throw new DeltaRejectedException(
          Reason.GAP,
          "the delta was applied at version " + appliedAt.version() + ", we are at " + at());
    }
    if (appliedAt.version() < version.version()) {
      return new Duplicate(known(applied, since));
    }
    if (!appliedAt.equals(version)) {
      throw new DeltaRejectedException(
          Reason.HASH_MISMATCH, "the delta was applied at another history of version " + at());
    }
    return apply(applied, replayed(applied, since));
  }

  private List<WaveletOperation> replayed(AppliedDelta applied, List<LoggedDelta> since)
      throws DeltaRejectedException {
    Rebase rebase = Rebase.onto(version, applied.delta(), since);
    if (rebase.duplicateOf().isPresent()) {
      throw new DeltaRejectedException(
          Reason.DIVERGED,
          "the delta repeats the one applied at version "
              + rebase.duplicateOf().get().appliedAt().version());
    }
    if (rebase.operations().size() != applied.operationsApplied()) {
      throw new DeltaRejectedException(
          Reason.DIVERGED,
          "the host applied %d operations, the delta has %d"
              .formatted(applied.operationsApplied(), rebase.operations().size()));
    }
    return rebase.operations();
  }

  private static LoggedDelta known(AppliedDelta applied, List<LoggedDelta> since)
      throws DeltaRejectedException {
    for (LoggedDelta delta : since) {
      if (delta.applied().equals(applied.toBytes())) {
        return delta;
      }
    }
    throw new DeltaRejectedException(
        Reason.DIVERGED,
        "the history has another delta at version " + applied.appliedAt().version());
  }

  private Applied apply(AppliedDelta applied, List<WaveletOperation> operations)
      throws DeltaRejectedException {
    try {
      LoggedDelta logged = LoggedDelta.of(applied, operations);
      WaveletState next =
          state.apply(logged.author(), logged.timestampMillis(), logged.operations());
      return new Applied(logged, new WaveletCopy(name, logged.resulting(), next));
    } catch (InvalidOperationException e) {
      throw new DeltaRejectedException(
          Reason.INVALID_OPERATION, "at version " + at() + ": " + e.getMessage(), e);
    }
  }

  private String at() {
    return version.version() + " of " + name;
  }
}
