// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import org.jspecify.annotations.Nullable;

/**
 * A reason why our copy of a wavelet cannot follow its host any more. The message says it in one
 * line. Never leaves this package.
 */
abstract sealed class SetApart extends RuntimeException permits Contradiction, Oversize {
  private static final long serialVersionUID = 1L;

  SetApart(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** What the operator can do. */
  abstract String advice();
}
