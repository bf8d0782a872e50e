// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.wavelet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wavefed.model.document.TransformException;
import org.wavefed.model.document.TransformedPair;
import org.wavefed.model.document.Transformer;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletOperation.NoOp;
import org.wavefed.model.wavelet.WaveletOperation.RemoveParticipant;

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
    requireNotRemoved(clientAuthor, server);
    if (client instanceof MutateDocument mine && server instanceof MutateDocument theirs) {
      return transform(mine, theirs);
    }
    Optional<ParticipantId> participant = participantOf(client);
    if (participant.isEmpty() || !participant.equals(participantOf(server))) {
      return new OperationPair(client, server);
    }
    if (client.equals(server)) {
      return new OperationPair(NoOp.INSTANCE, NoOp.INSTANCE);
    }
    throw new TransformException(
        TransformException.Kind.PARTICIPANT_CONFLICT,
        "one side adds " + participant.get() + ", the other removes the same participant");
  }

  private static OperationPair transform(MutateDocument client, MutateDocument server)
      throws TransformException {
    if (!client.documentId().equals(server.documentId())) {
      return new OperationPair(client, server);
    }
    TransformedPair pair = Transformer.transform(client.operation(), server.operation());
    return new OperationPair(
        new MutateDocument(client.documentId(), pair.client()),
        new MutateDocument(server.documentId(), pair.server()));
  }

  private static void requireNotRemoved(ParticipantId author, WaveletOperation server)
      throws TransformException {
    if (server instanceof RemoveParticipant remove && remove.participant().equals(author)) {
      throw new TransformException(
          TransformException.Kind.REMOVED_AUTHOR, author + " has been removed meanwhile");
    }
  }

  private static Optional<ParticipantId> participantOf(WaveletOperation operation) {
    if (operation instanceof AddParticipant add) {
      return Optional.of(add.participant());
    } else if (operation instanceof RemoveParticipant remove) {
      return Optional.of(remove.participant());
    }
    return Optional.empty();
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
    List<WaveletOperation> clientAfter = new ArrayList<>(client);
    List<WaveletOperation> serverAfter = new ArrayList<>(server.size());
    for (WaveletOperation operation : server) {
      WaveletOperation carried = operation;
      for (int i = 0; i < clientAfter.size(); i++) {
        OperationPair pair = transform(clientAfter.get(i), clientAuthor, carried);
        clientAfter.set(i, pair.client());
        carried = pair.server();
      }
      serverAfter.add(carried);
    }
    return new OperationsPair(clientAfter, serverAfter);
  }
}
