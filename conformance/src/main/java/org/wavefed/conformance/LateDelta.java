// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wavefed.model.document.TransformException;
import org.wavefed.model.wavelet.WaveletDelta;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletTransform;
import org.wavefed.protocol.LoggedDelta;

/**
 * A delta and the history since the version that it targets: where {@link
 * Difference#CARRIED_OPERATIONS} shows.
 */
record LateDelta(WaveletDelta delta, List<LoggedDelta> history) {
  private interface Step {
    List<WaveletOperation> past(List<WaveletOperation> operations, LoggedDelta server)
        throws TransformException;
  }

  /** Whether the rule explains that the original applied these operations, or rejected it. */
  boolean isExplained(Optional<List<WaveletOperation>> original) {
    Optional<List<WaveletOperation>> flawed = transformed(this::uncarried);
    boolean same = flawed.equals(transformed(this::carried));
    return !same && (original.isEmpty() || original.equals(flawed));
  }

  private Optional<List<WaveletOperation>> transformed(Step step) {
    List<WaveletOperation> operations = delta.operations();
    try {
      for (LoggedDelta server : history) {
        if (server.appliedAt().version() >= delta.target().version()) {
          operations = step.past(operations, server);
        }
      }
      return Optional.of(operations);
    } catch (TransformException e) {
      return Optional.empty();
    }
  }

  private List<WaveletOperation> carried(List<WaveletOperation> operations, LoggedDelta server)
      throws TransformException {
    return WaveletTransform.transform(operations, delta.author(), server.operations()).client();
  }

  private List<WaveletOperation> uncarried(List<WaveletOperation> operations, LoggedDelta server)
      throws TransformException {
    List<WaveletOperation> result = new ArrayList<>();
    for (WaveletOperation operation : operations) {
      WaveletOperation transformed = operation;
      for (WaveletOperation concurrent : server.operations()) {
        transformed = WaveletTransform.transform(transformed, delta.author(), concurrent).client();
      }
      result.add(transformed);
    }
    return result;
  }
}
