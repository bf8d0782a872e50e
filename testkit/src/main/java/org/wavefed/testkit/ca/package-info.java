// SPDX-License-Identifier: Apache-2.0
/** A certificate authority in memory, for tests alone. */
@NullMarked
package org.wavefed.testkit.ca;

import org.jspecify.annotations.NullMarked;
