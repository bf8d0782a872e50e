// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import java.util.List;
import java.util.Optional;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;

/**
 * A delta in a wavelet's history: its bytes and what it did.
 *
 * @param applied the exact bytes of the ProtocolAppliedWaveletDelta
 * @param appliedAt the version before it
 * @param resulting the version after it
 * @param author who made it
 * @param timestampMillis when its host applied it, in ms since 1970
 * @param operations the operations as they were applied, transformed where the author's were for an
 *     earlier version; 1 or more
 * @param rewritten whether {@code operations} differ from those that the author signed
 */
public record LoggedDelta(
    Bytes applied,
    HashedVersion appliedAt,
    HashedVersion resulting,
    ParticipantId author,
    long timestampMillis,
    List<WaveletOperation> operations,
    boolean rewritten) {
  /** Copies the list. */
  public LoggedDelta {
    operations = List.copyOf(operations);
  }

  /** A delta whose operations were applied as given, at the version that it names. */
  static LoggedDelta of(AppliedDelta delta, List<WaveletOperation> operations) {
    return new LoggedDelta(
        delta.toBytes(),
        delta.appliedAt(),
        delta.resulting(),
        delta.delta().author(),
        delta.applicationTimestamp(),
        operations,
        !operations.equals(delta.delta().operations()));
  }

  /**
   * Reads a delta back from a log.
   *
   * @param applied the exact bytes of the ProtocolAppliedWaveletDelta
   * @param appliedAt the version before it
   * @param resulting the version after it
   * @param transformed what {@link #transformed} gave when it was logged
   * @throws MalformedMessageException if the bytes are no such messages
   */
  public static LoggedDelta read(
      Bytes applied, HashedVersion appliedAt, HashedVersion resulting, Optional<Bytes> transformed)
      throws MalformedMessageException {
    AppliedDelta delta = AppliedDelta.parse(applied);
    List<WaveletOperation> operations =
        transformed.isEmpty()
            ? delta.delta().operations()
            : WaveletDeltaCodec.parse(transformed.get()).operations();
    return new LoggedDelta(
        applied,
        appliedAt,
        resulting,
        delta.delta().author(),
        delta.applicationTimestamp(),
        operations,
        transformed.isPresent());
  }

  /**
   * A serialised ProtocolWaveletDelta with the operations as they were applied; empty if they are
   * those that the author signed. For the log alone: it is signed by nobody.
   */
  public Optional<Bytes> transformed() {
    return rewritten
        ? Optional.of(WaveletDeltaCodec.toBytes(new WaveletDelta(appliedAt, author, operations)))
        : Optional.empty();
  }
}
