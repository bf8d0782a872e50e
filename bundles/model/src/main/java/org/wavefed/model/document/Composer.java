// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/** Joins two operations, the second for the document that the first produces, into one. */
public final class Composer {
  private Composer() {}

  /**
   * The operation, in normal form, that does what the first and then the second do.
   *
   * @throws InvalidOperationException if the second does not fit the first
   */
  public static DocOp compose(DocOp first, DocOp second) throws InvalidOperationException {
    throw new UnsupportedOperationException();
  }
}
