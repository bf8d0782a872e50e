// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wavefed.model.Vectors;
import org.wavefed.model.Vectors.Case;

class TransformVectorsTest {
  static Stream<Case> fitting() {
    return all().filter(vector -> vector.has("clientPrimeVerdict"));
  }

  static Stream<Case> refused() {
    return all().filter(vector -> vector.has("error"));
  }

  /** Pairs that are not for one document, of which the original noticed nothing. */
  static Stream<Case> unfitting() {
    return all().filter(vector -> vector.has("applyError"));
  }

  private static Stream<Case> all() {
    return Vectors.read("docop-transform.jsonl", "transform");
  }

  @ParameterizedTest
  @MethodSource("fitting")
  void transformShouldGiveOperationsOfTheOriginal(Case vector) throws Exception {
    DocOp client = vector.op("client");
    DocOp server = vector.op("server");

    TransformedPair pair = Transformer.transform(client, server);

    assertThat(pair.client()).isEqualTo(vector.op("clientPrime"));
    assertThat(pair.server()).isEqualTo(vector.op("serverPrime"));
    Document document = Document.of(vector.op("doc"));
    Document result = document.apply(client).apply(pair.server());
    assertThat(result.toXml()).isEqualTo(vector.text("resultXml"));
    assertThat(document.apply(server).apply(pair.client())).isEqualTo(result);
    Validator.check(DocOp.of(pair.client().components()));
    Validator.check(DocOp.of(pair.server().components()));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void transformShouldRefuseWhatTheOriginalRefuses(Case vector) {
    assertThatThrownBy(() -> Transformer.transform(vector.op("client"), vector.op("server")))
        .isInstanceOf(TransformException.class);
  }

  @ParameterizedTest
  @MethodSource("unfitting")
  void transformShouldRefuseOrAgreeWhenOperandsAreForDifferentDocuments(Case vector) {
    try {
      TransformedPair pair = Transformer.transform(vector.op("client"), vector.op("server"));
      assertThat(pair.client()).isEqualTo(vector.op("clientPrime"));
    } catch (TransformException e) {
      assertThat(e.kind()).isEqualTo(TransformException.Kind.MISMATCH);
    }
  }
}
