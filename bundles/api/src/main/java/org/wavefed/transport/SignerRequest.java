// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

import org.wavefed.crypto.SignerId;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;

/**
 * Asks the host of a wavelet for the signer of one of its deltas.
 *
 * @param signer which signer
 * @param wavelet the wavelet that has a delta signed by it
 * @param after the version after that delta
 */
public record SignerRequest(SignerId signer, WaveletName wavelet, HashedVersion after) {}
