// SPDX-License-Identifier: Apache-2.0
/** What this server knows of its peers and what is waiting for them. */
@Export
@Version("1.1.0")
@NullMarked
package org.wavefed.federation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
