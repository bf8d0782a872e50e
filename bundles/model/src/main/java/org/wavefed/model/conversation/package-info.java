// SPDX-License-Identifier: Apache-2.0
/**
 * Wavelets read and written as conversations ({@code docs/protocol.md}, The conversation model): a
 * manifest orders <em>blips</em> (messages) into <em>threads</em>; each blip's document holds its
 * contributors and its <em>lines</em>. Pure functions on values.
 */
@NullMarked
package org.wavefed.model.conversation;

import org.jspecify.annotations.NullMarked;
