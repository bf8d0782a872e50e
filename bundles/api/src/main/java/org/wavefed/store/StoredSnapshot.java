// SPDX-License-Identifier: Apache-2.0
package org.wavefed.store;

import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;

/**
 * The state of a wavelet at one version, in a form that only the server reads.
 *
 * @param version the version it shows
 * @param content the state
 */
public record StoredSnapshot(HashedVersion version, Bytes content) {}
