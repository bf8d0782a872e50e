// SPDX-License-Identifier: Apache-2.0
/** What every {@link org.wavefed.store.DeltaStore} must do, as tests that each of them runs. */
@NullMarked
package org.wavefed.testkit.store;

import org.jspecify.annotations.NullMarked;
