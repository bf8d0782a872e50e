// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model.document;

/** Two operations that cannot be transformed against each other. The message says why. */
public final class TransformException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a transformation is impossible. */
  public enum Kind {
    /** An operand is ill-formed, or the two are not operations on one document. */
    MISMATCH,
    /** The server operation removed the client operation's author. */
    REMOVED_AUTHOR,
    /** One side adds the participant that the other removes. */
    PARTICIPANT_CONFLICT
  }

  private final Kind kind;

  /**
   * @param kind why it is impossible
   * @param reason the same in one line, for people
   */
  public TransformException(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  /** Why the transformation is impossible. */
  public Kind kind() {
    return kind;
  }
}
