// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wavefed.model.document.Attributes;
import org.wavefed.model.document.AttributesUpdate;
import org.wavefed.model.document.DocOp;
import org.wavefed.model.document.ValueChange;

/** The cases made by the original, one JSON object for each line of a file. */
public final class Vectors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Vectors() {}

  /** The records of a kind in a file. */
  public static Stream<Case> read(String file, String kind) {
    Path path = Path.of(System.getProperty("vectors.dir"), file);
    try (Stream<String> lines = Files.lines(path)) {
      return lines
          .map(Vectors::parse)
          .filter(record -> record.path("kind").asText().equals(kind))
          .map(Case::new)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One record, shown by its id and name. */
  public record Case(JsonNode json) {
    /** The text of a field, which must be there. */
    public String text(String field) {
      return json.required(field).textValue();
    }

    /** The operation of a field. */
    public DocOp op(String field) {
      return Vectors.op(json.required(field));
    }

    /** Whether a field is there and not null. */
    public boolean has(String field) {
      return json.hasNonNull(field);
    }

    @Override
    public String toString() {
      return json.path("id").asText() + " " + json.path("name").asText();
    }
  }

  /** Reads an operation. */
  public static DocOp op(JsonNode components) {
    DocOp.Builder op = DocOp.builder();
    for (JsonNode component : components) {
      Map.Entry<String, JsonNode> only = component.fields().next();
      add(op, only.getKey(), only.getValue());
    }
    return op.build();
  }

  private static void add(DocOp.Builder op, String kind, JsonNode value) {
    switch (kind) {
      case "retain" -> op.retain(value.intValue());
      case "characters" -> op.characters(value.textValue());
      case "elementStart" -> op.elementStart(type(value), attributes(value.get("attributes")));
      case "elementEnd" -> op.elementEnd();
      case "deleteCharacters" -> op.deleteCharacters(value.textValue());
      case "deleteElementStart" ->
          op.deleteElementStart(type(value), attributes(value.get("attributes")));
      case "deleteElementEnd" -> op.deleteElementEnd();
      case "replaceAttributes" ->
          op.replaceAttributes(attributes(value.get("old")), attributes(value.get("new")));
      case "updateAttributes" -> op.updateAttributes(new AttributesUpdate(changes(value)));
      case "annotationBoundary" ->
          op.annotationBoundary(texts(value.get("end")), changes(value.get("change")));
      default -> throw new IllegalArgumentException(kind);
    }
  }

  private static String type(JsonNode element) {
    return element.get("type").textValue();
  }

  private static Attributes attributes(JsonNode map) {
    List<String> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      entries.add(entry.getKey());
      entries.add(entry.getValue().textValue());
    }
    return Attributes.of(entries.toArray(new String[0]));
  }

  private static List<ValueChange> changes(JsonNode map) {
    List<ValueChange> changes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      changes.add(
          new ValueChange(
              entry.getKey(),
              nullable(entry.getValue(), "old"),
              nullable(entry.getValue(), "new")));
    }
    return changes;
  }

  private static @Nullable String nullable(JsonNode object, String field) {
    return object.get(field).textValue();
  }

  /** The texts of an array. */
  public static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }
}
