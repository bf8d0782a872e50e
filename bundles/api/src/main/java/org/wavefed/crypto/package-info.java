// SPDX-License-Identifier: Apache-2.0
/**
 * Signing deltas, verifying them, and the certificates behind both ({@code docs/protocol.md},
 * Signatures).
 *
 * <p>Vocabulary: a <em>signer</em> is a certificate chain that a domain signs with; its <em>signer
 * id</em> is the hash of the chain; a <em>signer info</em> is the chain with its domain, as servers
 * exchange it.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.wavefed.crypto;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
