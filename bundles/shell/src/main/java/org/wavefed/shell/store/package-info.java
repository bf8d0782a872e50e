// SPDX-License-Identifier: Apache-2.0
/** Moving all data from one store to another. */
@NullMarked
package org.wavefed.shell.store;

import org.jspecify.annotations.NullMarked;
