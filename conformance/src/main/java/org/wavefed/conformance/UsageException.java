// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

/** The command line asks for what cannot be done. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
