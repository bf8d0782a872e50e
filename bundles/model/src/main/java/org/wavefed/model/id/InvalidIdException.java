// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.id;

/**
 * An id or address that breaks its grammar. The message says in one line what is wrong with which
 * text.
 */
public final class InvalidIdException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the fault, with the text that has it
   */
  public InvalidIdException(String message) {
    super(message);
  }
}
