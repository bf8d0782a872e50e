// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store;

import org.wavefed.model.id.WaveletName;

/**
 * How far a peer has acknowledged a wavelet that we host.
 *
 * @param peerDomain the peer's wave provider domain
 * @param wavelet the wavelet
 * @param version the peer has everything up to here
 */
public record DeliveryCursor(String peerDomain, WaveletName wavelet, long version) {}
