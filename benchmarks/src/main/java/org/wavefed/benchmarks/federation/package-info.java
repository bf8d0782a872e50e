// SPDX-License-Identifier: Apache-2.0
/**
 * Stanzas from one organisation to another: our own way from server to server beside those through
 * Prosody and ejabberd.
 */
@NullMarked
package org.wavefed.benchmarks.federation;

import org.jspecify.annotations.NullMarked;
