// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import org.osgi.annotation.versioning.ConsumerType;
import org.wavefed.transport.FederationException;
import org.wavefed.xmpp.stanza.Stanza;

/** Where an endpoint's stanzas go. Implementations are thread-safe and never block. */
@ConsumerType
public interface StanzaLink {
  /**
   * Sends a stanza, or puts it into a bounded queue.
   *
   * @throws FederationException with the reason NOT_CONNECTED without a connection, OVERLOADED if
   *     the queue is full, RESOURCE_CONSTRAINT if the stanza is too large to be sent at all
   */
  void send(Stanza stanza);
}
