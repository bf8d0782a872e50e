// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import java.util.ArrayList;
import java.util.List;
import org.wavefed.model.Bytes;
import org.wavefed.model.id.WaveletName;
import org.wavefed.protocol.AppliedDelta;
import org.wavefed.protocol.MalformedMessageException;
import org.wavefed.transport.FailureReason;
import org.wavefed.transport.FederationException;

/** Reads what hosts send. */
final class Messages {
  private Messages() {}

  /**
   * Reads applied deltas.
   *
   * @throws FederationException of reason BAD_REQUEST that names the first that cannot be read
   */
  static List<AppliedDelta> parse(WaveletName wavelet, List<Bytes> messages) {
    List<AppliedDelta> deltas = new ArrayList<>(messages.size());
    for (Bytes message : messages) {
      try {
        deltas.add(requireOperations(AppliedDelta.parse(message)));
      } catch (MalformedMessageException e) {
        throw new FederationException(
            FailureReason.BAD_REQUEST,
            "applied delta " + (deltas.size() + 1) + " for " + wavelet + ": " + e.getMessage(),
            e);
      }
    }
    return deltas;
  }

  private static AppliedDelta requireOperations(AppliedDelta delta)
      throws MalformedMessageException {
    if (delta.operationsApplied() < 1) {
      throw new MalformedMessageException("operations_applied is less than 1");
    }
    return delta;
  }
}
