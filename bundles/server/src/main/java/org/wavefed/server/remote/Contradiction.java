// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

/** What the host says does not follow on our copy. Never leaves this package. */
final class Contradiction extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Contradiction(String message, Throwable cause) {
    super(message, cause);
  }

  Contradiction(String message) {
    super(message);
  }
}
