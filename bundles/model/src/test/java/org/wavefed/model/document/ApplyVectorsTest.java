// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wavefed.model.Vectors;
import org.wavefed.model.Vectors.Case;

class ApplyVectorsTest {
  static Stream<Case> valid() {
    return apply().filter(ApplyVectorsTest::isValid);
  }

  static Stream<Case> invalid() {
    return apply().filter(vector -> !isValid(vector));
  }

  private static Stream<Case> apply() {
    return Vectors.read("docop-apply.jsonl", "apply");
  }

  /** Schemas are a matter of clients: what only breaks one is valid for a server. */
  private static boolean isValid(Case vector) {
    String verdict = vector.text("verdict");
    return verdict.equals("VALID") || verdict.equals("INVALID_SCHEMA");
  }

  static Stream<Case> unrepresentable() {
    return Vectors.read("docop-apply.jsonl", "unrepresentable");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void applyShouldGiveResultOfTheOriginal(Case vector) throws Exception {
    Document document = Document.of(vector.op("doc"));
    assertThat(document.toXml()).isEqualTo(vector.text("docXml"));
    DocOp op = vector.op("op");

    Document result = document.apply(op);

    assertThat(result.toXml()).isEqualTo(vector.text("resultXml"));
    assertThat(result.toInitialization()).isEqualTo(vector.op("result"));
    assertThat(result.size()).isEqualTo((int) op.outputLength());
    assertThat(Normalizer.normalize(op)).isEqualTo(vector.op("normalized"));
    assertThat(Composer.compose(vector.op("doc"), op)).isEqualTo(vector.op("composed"));
    assertThat(document).isEqualTo(Document.of(vector.op("doc")));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void applyShouldRefuseAsTheOriginalDoes(Case vector) throws Exception {
    Document document = Document.of(vector.op("doc"));

    InvalidOperationException refusal =
        catchThrowableOfType(
            InvalidOperationException.class, () -> document.apply(vector.op("op")));

    assertThat(refusal).as(vector.text("reason")).isNotNull();
    assertThat(refusal.kind().name()).isEqualTo(vector.text("verdict"));
    assertThat(document.toXml()).isEqualTo(vector.text("docXml"));
  }

  @ParameterizedTest
  @MethodSource("unrepresentable")
  void operationShouldNotBeMadeWhereTheOriginalCannot(Case vector) {
    assertThatThrownBy(() -> vector.op("op"))
        .isInstanceOfAny(IllegalArgumentException.class, NullPointerException.class);
  }
}
