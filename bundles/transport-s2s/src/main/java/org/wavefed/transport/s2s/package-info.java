// SPDX-License-Identifier: Apache-2.0
/**
 * Federation as an XMPP server of its own (RFC 6120), over Netty: {@code docs/s2s.md}.
 *
 * <p>A <em>host</em> is an address that this server speaks for: a domain of ours or its wave
 * service. Every stream carries stanzas one way, from its initiator, between two hosts that it was
 * authenticated for: by certificate (SASL EXTERNAL) or by Server Dialback.
 */
@NullMarked
package org.wavefed.transport.s2s;

import org.jspecify.annotations.NullMarked;
