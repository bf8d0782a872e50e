// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.document.AttributesUpdate;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.ValueChange;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveId;
import org.wavefed.model.id.WaveletId;
import org.wavefed.model.id.WaveletName;
import org.wavefed.model.wavelet.WaveletOperation;
import org.wavefed.model.wavelet.WaveletOperation.AddParticipant;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;
import org.wavefed.model.wavelet.WaveletOperation.NoOp;
import org.wavefed.model.wavelet.WaveletOperation.RemoveParticipant;

/** Values of the model in the JSON of the vectors. */
final class ModelJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private ModelJson() {}

  /** Shows any value on one line. */
  static String show(@Nullable Object value) {
    if (value instanceof DocOp op) {
      return ConciseNotation.of(op);
    }
    return value instanceof JsonNode ? value.toString() : String.valueOf(value);
  }

  static JsonNode toJson(@Nullable Object value) {
    if (value instanceof WaveId id) {
      return object("domain", id.domain(), "id", id.id());
    } else if (value instanceof WaveletId id) {
      return object("domain", id.domain(), "id", id.id());
    } else if (value instanceof WaveletName name) {
      return object(
          "waveDomain", name.wave().domain(),
          "waveId", name.wave().id(),
          "waveletDomain", name.wavelet().domain(),
          "waveletId", name.wavelet().id());
    } else if (value instanceof ParticipantId id) {
      return object("address", id.address(), "name", id.name(), "domain", id.domain());
    }
    return MAPPER.valueToTree(value);
  }

  private static ObjectNode object(String... namesAndValues) {
    ObjectNode object = MAPPER.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  static HashedVersion version(JsonNode version) {
    return new HashedVersion(
        version.required("version").longValue(), Vector.bytes(version.required("historyHash")));
  }

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
      case "noOp" -> NoOp.INSTANCE;
      case "mutateDocument" ->
          new MutateDocument(
              value.required("documentId").textValue(), op(value.required("operation")));
      default -> throw new IllegalArgumentException("unknown operation " + only.getKey());
    };
  }

  static DocOp op(JsonNode components) {
    if (!components.isArray()) {
      throw new IllegalArgumentException("an operation is an array, not " + components);
    }
    DocOp.Builder op = DocOp.builder();
    for (JsonNode component : components) {
      Map.Entry<String, JsonNode> only = component.properties().iterator().next();
      add(op, only.getKey(), only.getValue());
    }
    return op.build();
  }

  private static void add(DocOp.Builder op, String kind, JsonNode value) {
    switch (kind) {
      case "retain" -> op.retain(value.intValue());
      case "characters" -> op.characters(value.textValue());
      case "elementStart" -> op.elementStart(type(value), attributes(value, "attributes"));
      case "elementEnd" -> op.elementEnd();
      case "deleteCharacters" -> op.deleteCharacters(value.textValue());
      case "deleteElementStart" ->
          op.deleteElementStart(type(value), attributes(value, "attributes"));
      case "deleteElementEnd" -> op.deleteElementEnd();
      case "replaceAttributes" ->
          op.replaceAttributes(attributes(value, "old"), attributes(value, "new"));
      case "updateAttributes" -> op.updateAttributes(new AttributesUpdate(changes(value)));
      case "annotationBoundary" ->
          op.annotationBoundary(texts(value.required("end")), changes(value.required("change")));
      default -> throw new IllegalArgumentException("unknown component " + kind);
    }
  }

  private static String type(JsonNode element) {
    return element.required("type").textValue();
  }

  private static Attributes attributes(JsonNode element, String field) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : element.required(field).properties()) {
      map.put(entry.getKey(), entry.getValue().textValue());
    }
    return Attributes.of(map);
  }

  private static List<ValueChange> changes(JsonNode map) {
    List<ValueChange> changes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      JsonNode change = entry.getValue();
      changes.add(
          new ValueChange(
              entry.getKey(),
              change.required("old").textValue(),
              change.required("new").textValue()));
    }
    return changes;
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }
}
