// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wavefed.model.document.ItemList.Misfit;

/** What holds for all operations, tried on random ones. The seed of a failure is its parameter. */
class DocumentPropertiesTest {
  private static final int ROUNDS = 40;

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bothOrdersShouldEndTheSameWhenTransformed(long seed) throws Exception {
    RandomOperations random = new RandomOperations(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Document document = random.document(3);
      DocOp client = random.next(document);
      DocOp server = random.next(document);

      TransformedPair pair = Transformer.transform(client, server);

      Validator.check(DocOp.of(pair.client().components()));
      Validator.check(DocOp.of(pair.server().components()));
      assertThat(document.apply(server).apply(pair.client()))
          .isEqualTo(document.apply(client).apply(pair.server()));
      assertThat(Normalizer.normalize(pair.client())).isEqualTo(pair.client());
      assertThat(Normalizer.normalize(pair.server())).isEqualTo(pair.server());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void compositionShouldDoWhatBothDo(long seed) throws Exception {
    RandomOperations random = new RandomOperations(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Document document = random.document(3);
      DocOp first = random.next(document);
      Document between = document.apply(first);
      DocOp second = random.next(between);

      DocOp composed = Composer.compose(first, second);

      Validator.check(DocOp.of(composed.components()));
      assertThat(document.apply(composed)).isEqualTo(between.apply(second));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void inverseShouldRestoreDocument(long seed) throws Exception {
    RandomOperations random = new RandomOperations(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Document document = random.document(3);
      DocOp op = random.next(document);

      assertThat(document.apply(op).apply(Inverter.invert(op))).isEqualTo(document);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void applyShouldAgreeWithListOfItems(long seed) throws Exception {
    RandomOperations random = new RandomOperations(seed);
    Random faults = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Document document = random.document(3);
      DocOp op = random.next(document);

      assertThat(ItemList.of(document.apply(op))).isEqualTo(ItemList.of(document).apply(op));
      assertSameVerdict(document, damaged(op, faults));
      assertSameVerdict(random.document(2), op);
      assertThat(Document.of(document.toInitialization())).isEqualTo(document);
    }
  }

  /** The operation with a component missing, or put elsewhere. */
  private static DocOp damaged(DocOp op, Random random) {
    if (op.size() == 0) {
      return op;
    }
    List<Component> components = new ArrayList<>(op.components());
    Component moved = components.remove(random.nextInt(components.size()));
    if (random.nextBoolean()) {
      components.add(random.nextInt(components.size() + 1), moved);
    }
    return DocOp.of(components);
  }

  private static void assertSameVerdict(Document document, DocOp op) throws Exception {
    try {
      Document result = document.apply(op);
      assertThat(ItemList.of(result)).isEqualTo(ItemList.of(document).apply(op));
    } catch (InvalidOperationException e) {
      if (e.kind() == InvalidOperationException.Kind.INVALID_DOCUMENT) {
        assertThat(isMisfit(document, op)).as(e.getMessage()).isTrue();
      }
    }
  }

  private static boolean isMisfit(Document document, DocOp op) {
    try {
      ItemList.of(document).apply(op);
      return false;
    } catch (Misfit e) {
      return true;
    }
  }

  @Test
  void longDocumentShouldStayTheSameAsListWhenEditedAnywhere() throws Exception {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    Document document = Document.EMPTY;
    for (int i = 0; i < 20_000; i++) {
      boolean deleting = text.length() > 0 && random.nextInt(3) == 0;
      int length = 1 + random.nextInt(deleting ? 300 : 100);
      int place = random.nextInt(text.length() + 1);
      if (deleting) {
        String gone = text.substring(place, Math.min(text.length(), place + length));
        document = document.apply(edit(text.length(), place, null, gone));
        text.delete(place, place + gone.length());
      } else {
        String added = Character.toString('a' + random.nextInt(26)).repeat(length);
        document = document.apply(edit(text.length(), place, added, null));
        text.insert(place, added);
      }
    }
    assertThat(document.toXml()).isEqualTo(text.toString());
    assertThat(document.size()).isEqualTo(text.length());
  }

  private static DocOp edit(int size, int place, String inserted, String deleted) {
    DocOp.Builder op = DocOp.builder();
    if (place > 0) {
      op.retain(place);
    }
    if (inserted != null) {
      op.characters(inserted);
    }
    int gone = deleted == null ? 0 : deleted.length();
    if (gone > 0) {
      op.deleteCharacters(deleted);
    }
    if (size - place - gone > 0) {
      op.retain(size - place - gone);
    }
    return op.build();
  }
}
