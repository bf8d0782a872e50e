// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wavefed.model.Vectors;
import org.wavefed.model.Vectors.Case;

class ComposeVectorsTest {
  static Stream<Case> fitting() {
    return Vectors.read("docop-compose.jsonl", "compose").filter(vector -> vector.has("doc"));
  }

  /** Operations that do not fit each other; the original composes some of them nevertheless. */
  static Stream<Case> unfitting() {
    return Vectors.read("docop-compose.jsonl", "compose").filter(vector -> !vector.has("doc"));
  }

  @ParameterizedTest
  @MethodSource("fitting")
  void composeShouldGiveOperationOfTheOriginal(Case vector) throws Exception {
    DocOp composed = Composer.compose(vector.op("op1"), vector.op("op2"));

    assertThat(composed).isEqualTo(vector.op("composed"));
    Document document = Document.of(vector.op("doc"));
    Document stepwise = document.apply(vector.op("op1")).apply(vector.op("op2"));
    assertThat(stepwise.toXml()).isEqualTo(vector.text("resultXml"));
    assertThat(document.apply(composed)).isEqualTo(stepwise);
    Validator.check(DocOp.of(composed.components()));
  }

  @ParameterizedTest
  @MethodSource("unfitting")
  void composeShouldRefuseWhatTheOriginalRefuses(Case vector) throws Exception {
    if (vector.has("composed")) {
      DocOp composed = composedOrEmpty(vector);
      assertThat(composed).isIn(DocOp.EMPTY, vector.op("composed"));
    } else {
      assertThatThrownBy(() -> Composer.compose(vector.op("op1"), vector.op("op2")))
          .isInstanceOf(InvalidOperationException.class);
    }
  }

  private static DocOp composedOrEmpty(Case vector) {
    try {
      return Composer.compose(vector.op("op1"), vector.op("op2"));
    } catch (InvalidOperationException e) {
      return DocOp.EMPTY;
    }
  }
}
