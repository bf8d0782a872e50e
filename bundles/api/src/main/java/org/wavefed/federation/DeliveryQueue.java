// SPDX-License-Identifier: Apache-2.0
package org.wavefed.federation;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.wavefed.model.id.WaveletName;

/**
 * What waits to be delivered to peers: for every peer and wavelet a durable cursor into the
 * wavelet's log. Thread-safe.
 */
@ProviderType
public interface DeliveryQueue {
  /** What waits for one peer, or for all if the domain is empty; at most {@code limit}. */
  List<Waiting> waiting(String peerDomain, int limit);

  /** Tries everything that waits for the peer now, without waiting for the back-off to pass. */
  void tryNow(String peerDomain);

  /**
   * A wavelet that a peer has not acknowledged up to its head.
   *
   * @param peerDomain the peer
   * @param wavelet the wavelet
   * @param acknowledged the peer has everything up to this version
   * @param head the wavelet's version
   */
  record Waiting(String peerDomain, WaveletName wavelet, long acknowledged, long head) {}
}
