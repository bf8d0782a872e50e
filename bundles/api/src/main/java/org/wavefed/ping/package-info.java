// SPDX-License-Identifier: Apache-2.0
/** Asking whether another domain's wave service answers. */
@Export
@Version("1.0.0")
@NullMarked
package org.wavefed.ping;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
