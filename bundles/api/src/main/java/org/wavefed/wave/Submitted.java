// SPDX-License-Identifier: Apache-2.0
package org.wavefed.wave;

import org.wavefed.model.HashedVersion;

/**
 * What became of a submit.
 *
 * @param resulting the version after it
 * @param applicationTimestamp when the host applied it, milliseconds since 1970 UTC
 */
public record Submitted(HashedVersion resulting, long applicationTimestamp) {}
