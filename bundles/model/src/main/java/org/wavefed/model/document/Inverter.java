// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/** Inverts operations. */
public final class Inverter {
  private Inverter() {}

  /** The operation that undoes a well-formed one, component by component. */
  public static DocOp invert(DocOp op) {
    throw new UnsupportedOperationException();
  }
}
