// SPDX-License-Identifier: Apache-2.0
/**
 * Signing and verifying deltas with X.509 certificates ({@code docs/certificates.md}; RFC 5280 for
 * paths and names).
 *
 * <p>Vocabulary: a <em>chain</em> is a list of certificates, the signer's own (the <em>leaf</em>)
 * first; a <em>trust root</em> is a certificate that the operator trusts to vouch for others; a
 * <em>verified signer</em> is a chain that was found to lead to a trust root, with the period in
 * which that holds.
 */
@NullMarked
package org.wavefed.crypto.x509;

import org.jspecify.annotations.NullMarked;
