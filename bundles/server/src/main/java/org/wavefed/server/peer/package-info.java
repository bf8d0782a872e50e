// SPDX-License-Identifier: Apache-2.0
/** What is known of peers, and the calls to them. */
@NullMarked
package org.wavefed.server.peer;

import org.jspecify.annotations.NullMarked;
