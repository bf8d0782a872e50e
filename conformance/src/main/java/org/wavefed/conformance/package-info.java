// SPDX-License-Identifier: Apache-2.0
/**
 * Runs cases against this implementation from the command line.
 *
 * <p>A <em>vector</em> is one case that the original decided, one JSON object on a line of a file;
 * its <em>kind</em> says what is asked. A <em>check</em> asks our classes the same and compares
 * every answer. A <em>difference</em> is a rule by which we answer otherwise on purpose. A
 * <em>capture</em> is one stanza that went over the wire.
 */
@NullMarked
package org.wavefed.conformance;

import org.jspecify.annotations.NullMarked;
