// SPDX-License-Identifier: Apache-2.0
/**
 * Stanzas in typed form: what {@code docs/protocol.md} lets wave services say to each other, read
 * from and written to XML.
 *
 * <p>Smack is the model for what the XMPP standards define: addresses, service discovery, pings,
 * the conditions of errors. The pubsub wrapping and the receipts are written here, because the
 * deployed protocol has shapes of its own that Smack's classes, true to XEP-0060 and XEP-0184,
 * neither read nor write: items without a node, a signature straight under items, receipts that are
 * matched by the id of their message.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.wavefed.xmpp.stanza;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
