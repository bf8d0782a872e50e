// SPDX-License-Identifier: Apache-2.0
/**
 * XML as XMPP uses it (RFC 6120, section 11): a stream is one long document whose children are read
 * one by one into bounded, immutable trees. No DTDs, comments, processing instructions or entities
 * beyond the predefined five.
 *
 * <p>A <em>stream</em> is the document, an <em>element</em> a node with its children; a
 * <em>stanza</em> is a child of the stream. Inside these packages stanzas are always in the
 * namespace {@code jabber:client}, whatever the stream's own content namespace is.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.wavefed.xmpp.xml;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
