// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.wavelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wavefed.model.Vectors;
import org.wavefed.model.Vectors.Case;
import org.wavefed.model.document.Document;
import org.wavefed.model.document.InvalidOperationException;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.id.WaveletName;

class WaveletStateVectorsTest {
  static Stream<Case> sequences() {
    return Vectors.read("delta-hash.jsonl", "deltaSequence");
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void applyShouldLeadToStateOfTheOriginal(Case vector) throws Exception {
    WaveletState state = WaveletState.empty(WaveletName.parseUri(vector.text("uri")));
    for (JsonNode delta : vector.json().get("deltas")) {
      state = replay(state, delta);
    }

    assertSame(state, vector.json().get("finalState"));
    assertSame(restored(state), vector.json().get("finalState"));
  }

  private static WaveletState replay(WaveletState state, JsonNode delta) throws Exception {
    ParticipantId author = new ParticipantId(delta.path("author").asText());
    long timestamp = delta.path("timestamp").asLong();
    if (delta.get("outcome").textValue().equals("applied")) {
      var operations = WaveletVectors.operations(delta.get("transformedOperations"));
      return state.apply(author, timestamp, operations);
    }
    if (delta.path("error").toString().contains("rolling back")) {
      var operations = WaveletVectors.operations(delta.get("operations"));
      assertThatThrownBy(() -> state.apply(author, timestamp, operations))
          .isInstanceOf(InvalidOperationException.class);
    }
    return state;
  }

  private static WaveletState restored(WaveletState state) {
    TreeMap<String, Document> documents = new TreeMap<>();
    for (String id : state.documentIds()) {
      documents.put(id, state.document(id).orElseThrow());
    }
    return WaveletState.restore(
        state.name(),
        state.creator(),
        state.participants(),
        documents,
        state.version(),
        state.creationTime(),
        state.lastModifiedTime());
  }

  private static void assertSame(WaveletState state, JsonNode expected) {
    assertThat(state.participants())
        .extracting(ParticipantId::address)
        .isEqualTo(Vectors.texts(expected.get("participants")));
    assertThat(state.version()).isEqualTo(expected.get("version").longValue());
    assertThat(state.creator().orElseThrow().address())
        .isEqualTo(expected.get("creator").textValue());
    assertThat(state.creationTime()).isEqualTo(expected.get("creationTime").longValue());
    assertThat(state.lastModifiedTime()).isEqualTo(expected.get("lastModifiedTime").longValue());
    assertThat(state.documentIds())
        .containsExactlyInAnyOrderElementsOf(() -> expected.get("documents").fieldNames());
    expected
        .get("documents")
        .properties()
        .forEach(
            entry ->
                assertThat(state.document(entry.getKey()).orElseThrow().toInitialization())
                    .isEqualTo(Vectors.op(entry.getValue())));
  }
}
