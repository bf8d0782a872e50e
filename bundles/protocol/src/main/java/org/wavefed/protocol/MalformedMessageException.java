// SPDX-License-Identifier: Apache-2.0
package org.wavefed.protocol;

/**
 * Bytes that are not the message they should be. The message says in one line which field of which
 * message is wrong and how.
 */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which field is wrong and how; made one line of limited length
   */
  public MalformedMessageException(String message) {
    super(OneLine.of(message));
  }
}
