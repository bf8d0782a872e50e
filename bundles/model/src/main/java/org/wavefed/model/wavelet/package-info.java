// SPDX-License-Identifier: Apache-2.0
/**
 * Wavelets: participants and documents under one name, changed by deltas of operations ({@code
 * docs/protocol.md}, Wavelet operations). Everything here is immutable and thread-safe.
 */
@NullMarked
package org.wavefed.model.wavelet;

import org.jspecify.annotations.NullMarked;
