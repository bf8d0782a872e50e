// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wavefed.model.Vectors;
import org.wavefed.model.Vectors.Case;

class InvertVectorsTest {
  static Stream<Case> all() {
    return Vectors.read("docop-invert.jsonl", "invert");
  }

  @ParameterizedTest
  @MethodSource("all")
  void invertShouldGiveOperationOfTheOriginal(Case vector) throws Exception {
    DocOp op = vector.op("op");

    DocOp inverse = Inverter.invert(op);

    assertThat(inverse).isEqualTo(vector.op("inverse"));
    assertThat(Composer.compose(op, inverse)).isEqualTo(vector.op("composedWithInverse"));
    Document document = Document.of(vector.op("doc"));
    assertThat(document.apply(op).apply(inverse)).isEqualTo(document);
  }
}
