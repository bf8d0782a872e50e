// SPDX-License-Identifier: Apache-2.0
/**
 * Names: waves, wavelets, documents and participants, and how each is written ({@code
 * docs/protocol.md}, Addresses and Wavelet name).
 *
 * <p>An id has a domain and a local part. Two grammars are in use: the <em>legacy</em> rules, which
 * everything that arrives is held to, and the stricter <em>modern</em> rules, which new ids follow.
 */
@NullMarked
package org.wavefed.model.id;

import org.jspecify.annotations.NullMarked;
