// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

import org.wavefed.model.HashedVersion;

/**
 * A host's answer to a submit.
 *
 * @param operationsApplied the number of operations applied, the delta's own number
 * @param resulting the version after the delta
 * @param applicationTimestamp when the host applied it, milliseconds since 1970 UTC
 */
public record SubmitResult(
    int operationsApplied, HashedVersion resulting, long applicationTimestamp) {}
