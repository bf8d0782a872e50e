// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.time.Duration;
import org.jxmpp.jid.Jid;

/**
 * What an endpoint is and what it bounds.
 *
 * @param transport the kind of the transport that it belongs to
 * @param localDomain the wave provider domain that it speaks for
 * @param address the address of its wave service
 * @param identityType the type of its identity in discovery; nobody is known to look at it
 * @param callsInFlight how many of our calls may wait for an answer
 * @param inHand how many incoming calls may wait for the handler
 * @param inHandPerPeer how many of them may be from one peer
 * @param discovery how long one query of a discovery may take, of at most two in sequence
 */
public record EndpointSettings(
    String transport,
    String localDomain,
    Jid address,
    String identityType,
    int callsInFlight,
    int inHand,
    int inHandPerPeer,
    Duration discovery) {}
