// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/** Judges whether an operation is well-formed, whatever the document. */
public final class Validator {
  private Validator() {}

  /**
   * Returns if the operation is well-formed.
   *
   * @throws InvalidOperationException of kind ILL_FORMED otherwise
   */
  public static void check(DocOp op) throws InvalidOperationException {
    throw new UnsupportedOperationException();
  }
}
