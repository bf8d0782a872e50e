// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.delivery;

import org.wavefed.model.id.WaveletName;

/**
 * An update to send now.
 *
 * @param peer to which domain
 * @param wavelet of which wavelet
 * @param from the version at which the first delta is applied
 * @param noticeOnly whether to send a commit notice without deltas, because the peer lives but does
 *     not acknowledge the deltas
 */
record Delivery(String peer, WaveletName wavelet, long from, boolean noticeOnly) {}
