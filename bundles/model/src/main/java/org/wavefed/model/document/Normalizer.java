// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/** Brings operations into normal form. */
public final class Normalizer {
  private Normalizer() {}

  /** The operation of the same effect in normal form. */
  public static DocOp normalize(DocOp op) {
    NormalForm out = new NormalForm();
    for (int i = 0; i < op.size(); i++) {
      out.add(op.get(i));
    }
    return out.build();
  }
}
