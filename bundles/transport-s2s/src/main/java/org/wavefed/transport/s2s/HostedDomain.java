// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.time.Duration;
import org.wavefed.xmpp.endpoint.EndpointSettings;
import org.wavefed.xmpp.endpoint.FederationEndpoint;
import org.wavefed.xmpp.endpoint.StanzaLink;
import org.wavefed.xmpp.endpoint.Timers;
import org.wavefed.xmpp.stanza.DomainAddress;

/** A domain of ours: its own address and its wave service. */
record HostedDomain(S2sSettings.Domain domain, DomainEntity entity, FederationEndpoint endpoint) {
  private static final Duration DISCOVERY = Duration.ofSeconds(10);
  private static final String IDENTITY = "google-wave";

  static HostedDomain of(
      S2sSettings.Domain domain,
      S2sSettings.Limits limits,
      StanzaLink link,
      Timers timers,
      S2sTransport.Parts parts) {
    EndpointSettings settings =
        new EndpointSettings(
            S2sTransport.KIND,
            domain.name(),
            DomainAddress.of(domain.service()),
            IDENTITY,
            limits.callsInFlight(),
            limits.inHand(),
            limits.inHandPerPeer(),
            DISCOVERY);
    return new HostedDomain(
        domain,
        new DomainEntity(domain, link),
        new FederationEndpoint(settings, parts.calls(), link, timers, parts.handler()));
  }
}
