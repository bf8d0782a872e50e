// SPDX-License-Identifier: Apache-2.0
package org.wavefed.benchmarks;

import org.wavefed.model.document.DocOp;

/** Makes the operations of somebody who types. */
final class Edits {
  private Edits() {}

  /** Inserts one character. */
  static DocOp insert(int size, int place, String character) {
    DocOp.Builder op = DocOp.builder();
    retain(op, place);
    op.characters(character);
    retain(op, size - place);
    return op.build();
  }

  /** Deletes one character. */
  static DocOp delete(int size, int place, String character) {
    DocOp.Builder op = DocOp.builder();
    retain(op, place);
    op.deleteCharacters(character);
    retain(op, size - place - 1);
    return op.build();
  }

  private static void retain(DocOp.Builder op, int count) {
    if (count > 0) {
      op.retain(count);
    }
  }
}
