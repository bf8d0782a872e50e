// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.DeltaRejectedException;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.protocol.WaveletCopy.Applied;
import org.wavefed.server.Limits;
import org.wavefed.server.wavelet.RecentDeltas;
import org.wavefed.server.wavelet.TrackedCopy;

/**
 * A wavelet from its first delta on, apart from the store: nothing of it is kept there before all
 * of it up to a delta that adds a user of ours was repeated without fault. In memory are its state,
 * the newest deltas, and no more than {@link #IN_MEMORY} bytes of what is to be kept; the rest lies
 * in a temporary file. Not thread-safe.
 */
final class Beginning implements AutoCloseable {
  private static final int IN_MEMORY = 1 << 20;

  /** How many bytes of deltas a beginning may have. */
  private static final long MOST_BYTES = 256L << 20;

  /** How far back a delta may reach: this much of what came before it is in memory. */
  private static final int MOST_BEHIND = 20_000;

  private static final long MOST_BYTES_BEHIND = 4L << 20;

  private final Predicate<String> isLocal;
  private final RecentDeltas recent = new RecentDeltas(MOST_BEHIND, MOST_BYTES_BEHIND);
  private final Spool spool = new Spool(IN_MEMORY, Path.of(System.getProperty("java.io.tmpdir")));
  private final Limits limits;
  private TrackedCopy copy;
  private long bytes;
  private boolean addsOurs;

  Beginning(WaveletName name, Predicate<String> isLocal, Limits limits) {
    this.isLocal = isLocal;
    this.limits = limits;
    this.copy = TrackedCopy.empty(name);
  }

  /** The version that it has come to. */
  HashedVersion end() {
    return copy.version();
  }

  /** Whether a delta so far adds a user of ours. */
  boolean isOurs() {
    return addsOurs;
  }

  /**
   * Goes on with verified deltas.
   *
   * @throws DeltaRejectedException if one does not follow on what is there
   * @throws Oversize if the wavelet has become too much for us
   * @throws IOException if there is no room for them
   */
  void take(List<AppliedDelta> next) throws DeltaRejectedException, IOException {
    for (AppliedDelta delta : next) {
      bytes += delta.toBytes().size();
      if (bytes > MOST_BYTES) {
        throw Oversize.history(MOST_BYTES);
      }
      if (copy.copy().replay(delta, since(delta)) instanceof Applied applied) {
        TrackedCopy after = copy.then(applied.copy(), applied.delta().operations());
        Oversize.check(copy, after, limits);
        copy = after;
        recent.add(applied.delta());
        recent.trim(end().version());
        spool.add(delta.toBytes());
        addsOurs |= addsOneOf(delta, isLocal);
      }
    }
  }

  /** Without what is too far back the delta is rejected, as one that targets no version at all. */
  private List<LoggedDelta> since(AppliedDelta delta) {
    return recent.since(delta.delta().target().version(), end().version()).orElse(List.of());
  }

  /** The next deltas to keep, in order, each given once; none when all were given. */
  List<Bytes> deltas() throws IOException {
    return spool.take();
  }

  @Override
  public void close() throws IOException {
    spool.close();
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
