// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.stanza;

import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jivesoftware.smackx.pubsub.packet.PubSubNamespace;
import org.jivesoftware.smackx.receipts.DeliveryReceipt;

/** The namespaces of {@code docs/protocol.md}. */
public final class Namespaces {
  /** Everything that is wave's own; also the feature by which a wave service is recognised. */
  public static final String WAVE = "http://waveprotocol.org/protocol/0.2/waveserver";

  /** The wrapping of requests and answers. */
  public static final String PUBSUB = PubSubNamespace.basic.getXmlns();

  /** The wrapping of updates. */
  public static final String EVENT = PubSubNamespace.event.getXmlns();

  /** Message receipts. */
  public static final String RECEIPTS = DeliveryReceipt.NAMESPACE;

  /** What an entity is and can. */
  public static final String INFO = DiscoverInfo.NAMESPACE;

  /** Which entities belong to an entity. */
  public static final String ITEMS = DiscoverItems.NAMESPACE;

  /** XEP-0199. */
  public static final String PING = org.jivesoftware.smackx.ping.packet.Ping.NAMESPACE;

  private Namespaces() {}
}
