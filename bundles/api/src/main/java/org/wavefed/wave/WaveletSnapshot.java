// SPDX-License-Identifier: Apache-2.0
package org.wavefed.wave;

import org.wavefed.model.HashedVersion;
import org.wavefed.model.wavelet.WaveletState;

/**
 * A wavelet at one version.
 *
 * @param version the version, to target with a submit
 * @param state participants and documents
 */
public record WaveletSnapshot(HashedVersion version, WaveletState state) {}
