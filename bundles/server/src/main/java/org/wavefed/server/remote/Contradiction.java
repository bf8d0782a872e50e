// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.remote;

import org.jspecify.annotations.Nullable;

/** What the host says does not follow on our copy. */
final class Contradiction extends SetApart {
  private static final long serialVersionUID = 1L;

  Contradiction(String message, @Nullable Throwable cause) {
    super("what its host says does not follow on our copy: " + message, cause);
  }

  Contradiction(String message) {
    this(message, null);
  }

  @Override
  String advice() {
    return "ask the operator of its host whether it lost data";
  }
}
