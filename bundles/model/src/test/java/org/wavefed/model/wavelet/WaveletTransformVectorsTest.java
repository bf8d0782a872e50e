// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.wavelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wavefed.model.Vectors;
import org.wavefed.model.Vectors.Case;
import org.wavefed.model.document.TransformException;
import org.wavefed.model.id.ParticipantId;
import org.wavefed.model.wavelet.WaveletOperation.MutateDocument;

class WaveletTransformVectorsTest {
  static Stream<Case> operationPairs() {
    return Vectors.read("wavelet-transform.jsonl", "operationPair");
  }

  static Stream<Case> deltaPairs() {
    return Vectors.read("wavelet-transform.jsonl", "deltaPair");
  }

  @ParameterizedTest
  @MethodSource("operationPairs")
  void transformShouldGiveOperationsOfTheOriginal(Case vector) throws Exception {
    WaveletOperation client = WaveletVectors.operation(vector.json().get("client"));
    WaveletOperation server = WaveletVectors.operation(vector.json().get("server"));
    ParticipantId author = author(vector);
    if (vector.has("error") || isUnnoticedMismatch(client, server)) {
      expectRefusal(vector, () -> WaveletTransform.transform(client, author, server));
      return;
    }

    WaveletTransform.OperationPair pair = WaveletTransform.transform(client, author, server);

    assertThat(pair.client()).isEqualTo(WaveletVectors.operation(vector.json().get("clientPrime")));
    assertThat(pair.server()).isEqualTo(WaveletVectors.operation(vector.json().get("serverPrime")));
  }

  @ParameterizedTest
  @MethodSource("deltaPairs")
  void transformShouldGiveDeltasOfTheOriginal(Case vector) throws Exception {
    var client = WaveletVectors.operations(vector.json().get("client"));
    var server = WaveletVectors.operations(vector.json().get("server"));
    ParticipantId author = author(vector);
    if (vector.has("error")) {
      expectRefusal(vector, () -> WaveletTransform.transform(client, author, server));
      return;
    }

    WaveletTransform.OperationsPair pair = WaveletTransform.transform(client, author, server);

    assertThat(pair.client())
        .isEqualTo(WaveletVectors.operations(vector.json().get("clientPrime")));
    assertThat(pair.server())
        .isEqualTo(WaveletVectors.operations(vector.json().get("serverPrime")));
  }

  /** Operations for documents of different sizes, of which the original notices only some. */
  private static boolean isUnnoticedMismatch(WaveletOperation client, WaveletOperation server) {
    return client instanceof MutateDocument mine
        && server instanceof MutateDocument theirs
        && mine.documentId().equals(theirs.documentId())
        && mine.operation().inputLength() != theirs.operation().inputLength();
  }

  /** An empty delta has no author. */
  private static ParticipantId author(Case vector) {
    return new ParticipantId(vector.json().path("clientAuthor").asText());
  }

  private interface Attempt {
    void run() throws TransformException;
  }

  private static void expectRefusal(Case vector, Attempt attempt) {
    TransformException refusal = catchThrowableOfType(TransformException.class, attempt::run);
    assertThat(refusal).isNotNull();
    boolean removed =
        vector.json().path("error").path("error").asText().contains("RemovedAuthorException");
    assertThat(refusal.kind() == TransformException.Kind.REMOVED_AUTHOR).isEqualTo(removed);
  }
}
