// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wavefed.model.Bytes;
import org.wavefed.model.document.DocOp;

/**
 * One case. It remembers which of its fields a check has looked at, so that none is forgotten. For
 * one thread.
 */
final class Vector {
  /** Fields for people, and what the original does where nobody asked it to be right. */
  private static final Set<String> INFORMATIVE =
      Set.of(
          "id", "kind", "name", "handMade", "reason", "reasons", "blindCompose", "inverseReason");

  private final String file;
  private final int line;
  private final JsonNode json;
  private final Set<String> seen = new HashSet<>();

  Vector(String file, int line, JsonNode json) {
    this.file = file;
    this.line = line;
    this.json = json;
  }

  String kind() {
    return json.path("kind").asText("");
  }

  String name() {
    return json.path("name").asText("");
  }

  /** The id and the name, and where it stands. */
  String title() {
    return "%s (%s:%d) %s".formatted(json.path("id").asText("?"), file, line, name());
  }

  /** Whether a field is there and not null. */
  boolean has(String field) {
    seen.add(field);
    return json.hasNonNull(field);
  }

  JsonNode get(String field) {
    seen.add(field);
    return json.required(field);
  }

  String text(String field) {
    JsonNode value = get(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(field + " is no text");
    }
    return value.textValue();
  }

  boolean flag(String field) {
    JsonNode value = get(field);
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(field + " is neither true nor false");
    }
    return value.booleanValue();
  }

  Bytes bytes(String field) {
    return bytes(get(field));
  }

  DocOp op(String field) {
    return ModelJson.op(get(field));
  }

  List<String> fields() {
    List<String> fields = new ArrayList<>();
    json.fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  /** The fields that nobody has looked at. */
  List<String> unseen() {
    return fields().stream()
        .filter(field -> !seen.contains(field) && !INFORMATIVE.contains(field))
        .toList();
  }

  static Bytes bytes(JsonNode base64) {
    return Bytes.wrap(Base64.getDecoder().decode(base64.asText()));
  }
}
