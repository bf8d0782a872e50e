// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.wavelet;

import java.util.List;
import org.wavefed.model.document.TransformException;
import org.wavefed.model.id.ParticipantId;

/** Transforms concurrent wavelet operations and deltas. */
public final class WaveletTransform {
  private WaveletTransform() {}

  /**
   * Two concurrent operations after their transformation.
   *
   * @param client the client's, to be applied after the server's
   * @param server the server's, to be applied after the client's
   */
  public record OperationPair(WaveletOperation client, WaveletOperation server) {}

  /**
   * Two concurrent lists of operations after their transformation; each as long as it was.
   *
   * @param client the client's, to be applied after the server's
   * @param server the server's, to be applied after the client's
   */
  public record OperationsPair(List<WaveletOperation> client, List<WaveletOperation> server) {
    /** Copies the lists. */
    public OperationsPair {
      client = List.copyOf(client);
      server = List.copyOf(server);
    }
  }

  /**
   * Transforms one operation of a client against one of the server.
   *
   * @param clientAuthor who made the client's operation
   * @throws TransformException if the server's operation makes the client's impossible
   */
  public static OperationPair transform(
      WaveletOperation client, ParticipantId clientAuthor, WaveletOperation server)
      throws TransformException {
    throw new UnsupportedOperationException();
  }

  /**
   * Transforms the operations of a client's delta against those of a server's, each server
   * operation carried past the earlier client operations.
   *
   * @param clientAuthor who made the client's delta
   * @throws TransformException if a server operation makes a client operation impossible
   */
  public static OperationsPair transform(
      List<WaveletOperation> client, ParticipantId clientAuthor, List<WaveletOperation> server)
      throws TransformException {
    throw new UnsupportedOperationException();
  }
}
