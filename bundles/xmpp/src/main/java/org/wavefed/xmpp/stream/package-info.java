// SPDX-License-Identifier: Apache-2.0
/**
 * XMPP streams without sockets and clocks (RFC 6120): bytes and times go in, actions come out, and
 * an adapter for some I/O library carries them out in order.
 *
 * <p>A stream starts with a {@link org.wavefed.xmpp.stream.Negotiation}, one per way of getting
 * authenticated; that of components (XEP-0114) is here. When it is done, stanzas flow.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.wavefed.xmpp.stream;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
