// SPDX-License-Identifier: Apache-2.0
/**
 * Wavelets in memory: one writer for each, appended to the store in batches, shown to watchers once
 * durable.
 */
@NullMarked
package org.wavefed.server.wavelet;

import org.jspecify.annotations.NullMarked;
