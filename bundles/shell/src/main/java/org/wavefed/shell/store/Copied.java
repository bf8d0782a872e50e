// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.store;

/**
 * What a copy has brought over, or what was there already.
 *
 * @param wavelets how many wavelets were gone through
 * @param deltas how many deltas were written
 * @param bytes how many bytes of applied deltas these have
 * @param signers how many signers the source has
 * @param cursors how many delivery cursors the source has
 */
public record Copied(long wavelets, long deltas, long bytes, long signers, long cursors) {}
