// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/** Brings operations into normal form. */
public final class Normalizer {
  private Normalizer() {}

  /** The operation of the same effect in normal form. */
  public static DocOp normalize(DocOp op) {
    throw new UnsupportedOperationException();
  }
}
