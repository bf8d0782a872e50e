// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

import java.util.OptionalLong;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;

/**
 * Asks for the applied deltas of a wavelet between two versions.
 *
 * @param wavelet the wavelet
 * @param start the version at which the first delta is applied
 * @param end the version after the last delta
 * @param lengthLimit advice: about how many characters the answer may have; absent means no limit
 */
public record HistoryRequest(
    WaveletName wavelet, HashedVersion start, HashedVersion end, OptionalLong lengthLimit) {}
