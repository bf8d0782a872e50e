// SPDX-License-Identifier: Apache-2.0
/**
 * From one organisation to another: stanzas, on our own way from server to server beside those
 * through Prosody and ejabberd, and keystrokes, from one whole server to another.
 */
@NullMarked
package org.wavefed.benchmarks.federation;

import org.jspecify.annotations.NullMarked;
