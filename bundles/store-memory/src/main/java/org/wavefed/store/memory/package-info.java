// SPDX-License-Identifier: Apache-2.0
/** A store that forgets everything when it stops: for tests and throw-away servers. */
@NullMarked
package org.wavefed.store.memory;

import org.jspecify.annotations.NullMarked;
