// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stream;

import java.time.Duration;
import java.util.Optional;
import org.wavefed.xmpp.xml.Element;
import org.wavefed.xmpp.xml.XmlLimits;

/**
 * How a stream behaves.
 *
 * @param limits for stanzas of the authenticated other side
 * @param negotiation how long negotiation may take, TLS included
 * @param stanza how long a stanza may take from its first byte to its last
 * @param silence after this time without a byte from the other side it is probed, and after the
 *     same time again it counts as dead; without a probe it does so at once
 * @param probe a stanza that every live server answers
 */
public record StreamSettings(
    XmlLimits limits,
    Duration negotiation,
    Duration stanza,
    Duration silence,
    Optional<Element> probe) {}
