// SPDX-License-Identifier: Apache-2.0
/**
 * Bringing what this server hosts to the servers of its participants ({@code docs/delivery.md}).
 *
 * <p>Vocabulary: a <em>cursor</em> says how far one peer has acknowledged one wavelet; an
 * <em>update</em> brings the deltas behind it; the <em>target</em> is the version up to which the
 * peer shall have the wavelet.
 */
@NullMarked
package org.wavefed.server.delivery;

import org.jspecify.annotations.NullMarked;
