// SPDX-License-Identifier: Apache-2.0
package org.wavefed.federation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What this server knows of the domains that it federates with. Thread-safe. */
@ProviderType
public interface Peers {
  /** Every peer that was spoken to since the start or that something waits for, by domain. */
  List<PeerStatus> list();

  /** How a peer was last seen. */
  enum State {
    /** Nothing was tried yet. */
    UNKNOWN,
    /** The last call was answered. */
    UP,
    /** The last call failed; it is tried again with back-off. */
    DOWN
  }

  /**
   * A peer.
   *
   * @param domain its wave provider domain
   * @param state how it was last seen
   * @param since since when it is so
   * @param lastHeard when it last spoke to us or answered
   * @param lastError one line on the last failure, empty if there was none since it is up
   * @param waiting how many wavelets wait to be delivered to it
   * @param nextTry when a waiting delivery is tried again; empty if nothing waits for time to pass
   */
  record PeerStatus(
      String domain,
      State state,
      Instant since,
      Optional<Instant> lastHeard,
      String lastError,
      int waiting,
      Optional<Instant> nextTry) {}
}
