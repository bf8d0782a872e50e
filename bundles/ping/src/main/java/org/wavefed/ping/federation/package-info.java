// SPDX-License-Identifier: Apache-2.0
/** Pings over the federation transports that are there. */
@NullMarked
package org.wavefed.ping.federation;

import org.jspecify.annotations.NullMarked;
