// SPDX-License-Identifier: Apache-2.0
/**
 * Copies of wavelets that peers host: what the hosts say is verified and repeated, gaps are filled
 * from history, and what our users write is submitted to the host.
 */
@NullMarked
package org.wavefed.server.remote;

import org.jspecify.annotations.NullMarked;
