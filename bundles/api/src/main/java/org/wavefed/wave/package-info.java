// SPDX-License-Identifier: Apache-2.0
/** Waves as a user of this server sees them: create, open, submit, watch. */
@Export
@Version("1.0.0")
@NullMarked
package org.wavefed.wave;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
