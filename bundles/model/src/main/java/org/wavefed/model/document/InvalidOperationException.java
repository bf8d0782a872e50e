// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/** An operation that cannot be applied. The message names the place and the rule that it breaks. */
public final class InvalidOperationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with an operation. */
  public enum Kind {
    /** It means nothing for any document. */
    ILL_FORMED,
    /** It does not fit this document or wavelet. */
    INVALID_DOCUMENT
  }

  private final Kind kind;

  /**
   * @param kind what is wrong
   * @param reason the place and the rule, in one line
   */
  public InvalidOperationException(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  /** What is wrong with the operation. */
  public Kind kind() {
    return kind;
  }
}
