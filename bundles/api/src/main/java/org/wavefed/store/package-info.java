// SPDX-License-Identifier: Apache-2.0
/**
 * Durable storage of wavelets as logs of applied deltas, with snapshots, signers and delivery
 * cursors.
 */
@Export
@Version("2.0.0")
@NullMarked
package org.wavefed.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
