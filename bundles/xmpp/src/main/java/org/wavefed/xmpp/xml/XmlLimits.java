// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

/**
 * What one child of a stream may hold. Counted while reading, before anything is kept.
 *
 * @param stanzaLength the characters of names, attributes and text, with a little for the markup;
 *     and the bytes of any single tag or other token
 * @param depth how deep elements may nest below the stream
 * @param elements how many elements in all, and how many attributes in all
 * @param attributes how many attributes an element may have
 * @param attributeLength how many characters an attribute's value may have
 */
public record XmlLimits(
    int stanzaLength, int depth, int elements, int attributes, int attributeLength) {
  /** For strangers: a negotiation needs little. RFC 6120 asks for 10,000 bytes at least. */
  public static final XmlLimits BEFORE_AUTHENTICATION = new XmlLimits(65_536, 16, 256, 32, 16_384);

  /** For authenticated peers. */
  public static XmlLimits afterAuthentication(int stanzaLength) {
    return new XmlLimits(stanzaLength, 64, 20_000, 64, 65_536);
  }
}
