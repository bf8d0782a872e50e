// SPDX-License-Identifier: Apache-2.0
/**
 * The wave server: wavelets that this server hosts, copies of wavelets that others host, and the
 * delivery of the first to others ({@code docs/architecture.md}, {@code docs/delivery.md}).
 *
 * <p>Vocabulary: a <em>hosted</em> wavelet is one of a domain of ours, where deltas are put in
 * their order; a <em>remote</em> wavelet is our copy of one that a peer hosts. An <em>open</em>
 * wavelet is one that is in memory. Its <em>durable</em> copy is what everybody sees; its
 * <em>head</em> is ahead of that by what is being written.
 */
@NullMarked
package org.wavefed.server;

import org.jspecify.annotations.NullMarked;
