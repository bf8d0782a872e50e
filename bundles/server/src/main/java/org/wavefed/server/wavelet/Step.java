// SPDX-License-Identifier: Apache-2.0
package org.wavefed.server.wavelet;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.wavefed.protocol.LoggedDelta;
import org.wavefed.store.DeliveryCursor;

/**
 * A delta that is applied to the head and not durable yet.
 *
 * @param delta the delta
 * @param after the wavelet after it
 * @param newCursors deliveries that start with it
 * @param durable completes when it is durable, exceptionally if it never will be
 */
record Step(
    LoggedDelta delta,
    TrackedCopy after,
    List<DeliveryCursor> newCursors,
    CompletableFuture<TrackedCopy> durable) {}
