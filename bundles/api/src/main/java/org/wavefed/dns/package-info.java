// SPDX-License-Identifier: Apache-2.0
/**
 * Looking names up in the DNS, as federation needs it: SRV records (RFC 2782) and addresses.
 *
 * <p>Vocabulary: an <em>answer</em> is what the DNS says, records or that there are none; a
 * <em>failure</em> leaves it open.
 */
@Export
@Version("1.2.0")
@NullMarked
package org.wavefed.dns;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
