// SPDX-License-Identifier: Apache-2.0
/**
 * The calls between wave services over any stream that carries stanzas: outgoing calls and their
 * answers, discovery of peers, incoming calls and theirs. Both XMPP transports are this with
 * another {@link org.wavefed.xmpp.endpoint.StanzaLink}.
 */
@Export
@Version("2.0.0")
@NullMarked
package org.wavefed.xmpp.endpoint;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
