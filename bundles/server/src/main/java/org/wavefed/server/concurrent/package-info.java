// SPDX-License-Identifier: Apache-2.0
/** One thing at a time, without a thread of its own. */
@NullMarked
package org.wavefed.server.concurrent;

import org.jspecify.annotations.NullMarked;
