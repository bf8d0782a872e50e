// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.delivery;

/**
 * What a peer's past says of trying it now. Whoever may add participants can invent any number of
 * domains, so those that do not answer share a few places and the others have all the rest.
 */
enum Standing {
  /** It answers. */
  UP(Integer.MAX_VALUE),

  /** It does not answer now, but has before. */
  DOWN(16),

  /** It was never heard from. */
  STRANGER(8);

  /** How many updates may be in flight to all peers of this standing together. */
  final int mostInFlight;

  Standing(int mostInFlight) {
    this.mostInFlight = mostInFlight;
  }
}
