// SPDX-License-Identifier: Apache-2.0
/** A ping as people know it: a line per answer and a summary. */
@NullMarked
package org.wavefed.shell.ping;

import org.jspecify.annotations.NullMarked;
