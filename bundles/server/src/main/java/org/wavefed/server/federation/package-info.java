// SPDX-License-Identifier: Apache-2.0
/** What peers ask of this server, and whether they may. */
@NullMarked
package org.wavefed.server.federation;

import org.jspecify.annotations.NullMarked;
