// SPDX-License-Identifier: Apache-2.0
/** Wavelets that this server hosts: deltas are signed, put in order and applied here. */
@NullMarked
package org.wavefed.server.host;

import org.jspecify.annotations.NullMarked;
