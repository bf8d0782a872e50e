// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.endpoint;

import java.util.List;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.wavefed.xmpp.stanza.Namespaces;
import org.wavefed.xmpp.stanza.Payload;

/** What a wave service says of itself in discovery (XEP-0030). */
final class SelfDescription {
  private static final List<String> FEATURES =
      List.of(
          Namespaces.WAVE, Namespaces.INFO, Namespaces.ITEMS, Namespaces.RECEIPTS, Namespaces.PING);

  private final DiscoverInfo info;

  SelfDescription(String identityType) {
    this.info =
        DiscoverInfo.builder("self")
            .addIdentity(new DiscoverInfo.Identity("collaboration", "Wavefed", identityType))
            .addFeatures(FEATURES)
            .build();
  }

  Payload.Info info() {
    return new Payload.Info(info);
  }

  Payload.Items items() {
    return new Payload.Items(new DiscoverItems());
  }

  List<String> features() {
    return FEATURES;
  }
}
