// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

import java.util.List;
import java.util.Optional;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.document.TransformException;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletTransform;
import org.wavefed.protocol.DeltaRejectedException.Reason;

/**
 * A delta brought from the version that its author saw to the head of the wavelet.
 *
 * @param operations the operations as they apply at the head
 * @param duplicateOf the delta of the history that this one repeats, if it does
 */
record Rebase(List<WaveletOperation> operations, Optional<LoggedDelta> duplicateOf) {

  /**
   * @param since the history up to the head, from the delta's target or before
   */
  static Rebase onto(HashedVersion head, WaveletDelta delta, List<LoggedDelta> since)
      throws DeltaRejectedException {
    if (delta.operations().isEmpty()) {
      throw new DeltaRejectedException(Reason.EMPTY, "the delta has no operation");
    }
    List<WaveletOperation> operations = delta.operations();
    for (LoggedDelta server : concurrent(head, delta.target(), since)) {
      if (server.author().equals(delta.author()) && server.operations().equals(operations)) {
        return new Rebase(operations, Optional.of(server));
      }
      operations = transform(operations, delta, server);
    }
    return new Rebase(operations, Optional.empty());
  }

  /** The part of the history that the author had not seen. */
  private static List<LoggedDelta> concurrent(
      HashedVersion head, HashedVersion target, List<LoggedDelta> since)
      throws DeltaRejectedException {
    if (target.version() == head.version()) {
      requireHash(head, target);
      return List.of();
    }
    for (int i = 0; i < since.size(); i++) {
      HashedVersion boundary = since.get(i).appliedAt();
      if (boundary.version() == target.version()) {
        requireHash(boundary, target);
        return since.subList(i, since.size());
      }
    }
    throw new DeltaRejectedException(
        Reason.UNKNOWN_VERSION,
        "the delta targets version %d, which no delta of the history starts or ends at (head: %d)"
            .formatted(target.version(), head.version()));
  }

  private static void requireHash(HashedVersion ours, HashedVersion target)
      throws DeltaRejectedException {
    if (!ours.historyHash().equals(target.historyHash())) {
      // Our hash is not told: knowing it is how a peer shows that it has the history.
      throw new DeltaRejectedException(
          Reason.HASH_MISMATCH,
          "the delta targets version " + target.version() + " with another history hash");
    }
  }

  private static List<WaveletOperation> transform(
      List<WaveletOperation> operations, WaveletDelta delta, LoggedDelta server)
      throws DeltaRejectedException {
    try {
      return WaveletTransform.transform(operations, delta.author(), server.operations()).client();
    } catch (TransformException e) {
      boolean removed = e.kind() == TransformException.Kind.REMOVED_AUTHOR;
      throw new DeltaRejectedException(
          removed ? Reason.REMOVED_AUTHOR : Reason.CONFLICT,
          "against the delta applied at version %d: %s"
              .formatted(server.appliedAt().version(), e.getMessage()),
          e);
    }
  }
}
