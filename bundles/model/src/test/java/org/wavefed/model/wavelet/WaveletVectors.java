// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.wavelet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wavefed.model.Vectors;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletOperation.NoOp;
import org.wavefed.model.wavelet.WaveletOperation.RemoveParticipant;

/** Reads the wavelet operations of the vectors. */
final class WaveletVectors {
  private WaveletVectors() {}

  static List<WaveletOperation> operations(JsonNode array) {
    List<WaveletOperation> operations = new ArrayList<>();
    array.forEach(operation -> operations.add(operation(operation)));
    return operations;
  }

  static WaveletOperation operation(JsonNode operation) {
    Map.Entry<String, JsonNode> only = operation.properties().iterator().next();
    JsonNode value = only.getValue();
    return switch (only.getKey()) {
      case "addParticipant" -> new AddParticipant(new ParticipantId(value.textValue()));
      case "removeParticipant" -> new RemoveParticipant(new ParticipantId(value.textValue()));
      case "mutateDocument" ->
          new MutateDocument(
              value.get("documentId").textValue(), Vectors.op(value.get("operation")));
      case "noOp" -> NoOp.INSTANCE;
      default -> throw new IllegalArgumentException(only.getKey());
    };
  }
}
