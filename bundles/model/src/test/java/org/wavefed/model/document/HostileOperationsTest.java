// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations that nobody's editor makes. */
class HostileOperationsTest {
  private static final DocOp HUGE =
      DocOp.builder()
          .retain(Integer.MAX_VALUE)
          .retain(Integer.MAX_VALUE)
          .retain(Integer.MAX_VALUE)
          .retain(Integer.MAX_VALUE)
          .retain(4)
          .build();

  @Test
  void retainsBeyondIntShouldNotWrapAround() throws Exception {
    assertThat(HUGE.inputLength()).isEqualTo(4L * Integer.MAX_VALUE + 4);
    assertThat(Normalizer.normalize(HUGE).inputLength()).isEqualTo(HUGE.inputLength());
    TransformedPair pair = Transformer.transform(HUGE, HUGE);
    assertThat(pair.client().inputLength()).isEqualTo(HUGE.inputLength());
    Document empty = Document.EMPTY;
    assertThatThrownBy(() -> empty.apply(HUGE)).isInstanceOf(InvalidOperationException.class);
  }

  @Test
  void refusalShouldNamePlaceAndRule() throws Exception {
    Document document =
        Document.of(
            DocOp.builder()
                .elementStart("p", Attributes.EMPTY)
                .characters("ab")
                .elementEnd()
                .build());
    DocOp wrong = DocOp.builder().retain(1).deleteCharacters("ax").retain(1).build();

    assertThatThrownBy(() -> document.apply(wrong))
        .isInstanceOf(InvalidOperationException.class)
        .hasMessageContaining("item 1")
        .hasMessageContaining("'ax'");
    assertThat(document.toXml()).isEqualTo("<p>ab</p>");
  }

  @Test
  void manyAnnotationsAndAttributesShouldStayCheap() throws Exception {
    int count = 20_000;
    List<ValueChange> changes = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = "k" + (1_000_000 + i);
      changes.add(new ValueChange(key, null, "1"));
      keys.add(key);
    }
    DocOp annotated =
        DocOp.builder()
            .annotationBoundary(List.of(), changes)
            .characters("x".repeat(1_000))
            .annotationBoundary(keys, List.of())
            .build();

    Document document = Document.of(annotated);

    assertThat(document.toInitialization()).isEqualTo(annotated);
    TransformedPair pair = Transformer.transform(annotated, annotated);
    assertThat(Document.of(annotated).apply(pair.client()).size()).isEqualTo(2_000);
  }
}
