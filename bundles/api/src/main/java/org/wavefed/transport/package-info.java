// SPDX-License-Identifier: Apache-2.0
/**
 * Federation between servers, free of any wire format: submit, update, history, signers, ping and
 * discovery.
 *
 * <p>Vocabulary: a <em>domain</em> is a wave provider ({@code acmewave.example}); its <em>wave
 * service</em> is the address that speaks for it ({@code wave.acmewave.example}). A <em>peer</em>
 * is the wave service of somebody else, as authenticated by the transport. The <em>host</em> of a
 * wavelet is the server of the wavelet's domain; every other server with a participant is a
 * <em>remote</em>. A transport that is not XMPP implements the same interfaces ({@code
 * docs/protocol.md}).
 */
@Export
@Version("1.1.0")
@NullMarked
package org.wavefed.transport;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
