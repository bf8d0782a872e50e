// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.DeltaRejectedException;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.protocol.WaveletCopy;
import org.wavefed.protocol.WaveletCopy.Applied;

/**
 * A wavelet from its first delta on, in memory: nothing of it is kept before it is known that it
 * adds a user of ours. Of a history that is too long for that, only the chain of hashes is
 * followed, and it is fetched again to be stored. Not thread-safe.
 */
final class Beginning {
  /** How many bytes of deltas are held. */
  private static final long MOST_BYTES = 4L << 20;

  private final Predicate<String> isLocal;
  private final List<AppliedDelta> deltas = new ArrayList<>();
  private final List<LoggedDelta> log = new ArrayList<>();
  private WaveletCopy copy;
  private HashedVersion end;
  private long bytes;
  private boolean addsOurs;

  Beginning(WaveletName name, Predicate<String> isLocal) {
    this.isLocal = isLocal;
    this.copy = WaveletCopy.empty(name);
    this.end = copy.version();
  }

  /** The version that it has come to. */
  HashedVersion end() {
    return end;
  }

  /** Whether a delta so far adds a user of ours. */
  boolean isOurs() {
    return addsOurs;
  }

  /** All deltas so far, each of which follows on the one before; none if they were too many. */
  List<AppliedDelta> deltas() {
    return List.copyOf(deltas);
  }

  /**
   * Goes on with verified deltas.
   *
   * @throws DeltaRejectedException if one does not follow on what is there
   */
  void take(List<AppliedDelta> next) throws DeltaRejectedException {
    for (AppliedDelta delta : next) {
      bytes += delta.toBytes().size();
      if (bytes > MOST_BYTES) {
        deltas.clear();
        log.clear();
        follow(delta);
      } else {
        apply(delta);
      }
      end = delta.resulting();
      addsOurs |= addsOneOf(delta, isLocal);
    }
  }

  private void follow(AppliedDelta delta) throws DeltaRejectedException {
    if (!delta.appliedAt().equals(end)) {
      throw new DeltaRejectedException(
          DeltaRejectedException.Reason.HASH_MISMATCH,
          "the delta at version " + delta.appliedAt().version() + " does not follow on " + end);
    }
  }

  private void apply(AppliedDelta delta) throws DeltaRejectedException {
    follow(delta);
    if (copy.replay(delta, since(delta.delta().target().version())) instanceof Applied applied) {
      copy = applied.copy();
      log.add(applied.delta());
      deltas.add(delta);
    }
  }

  private List<LoggedDelta> since(long version) {
    int from = log.size();
    while (from > 0 && log.get(from - 1).appliedAt().version() >= version) {
      from--;
    }
    return log.subList(from, log.size());
  }

  /** Whether the delta adds a user of one of some domains. */
  static boolean addsOneOf(AppliedDelta delta, Predicate<String> domains) {
    return delta.delta().operations().stream()
        .anyMatch(
            operation ->
                operation instanceof AddParticipant add
                    && domains.test(add.participant().domain()));
  }
}
