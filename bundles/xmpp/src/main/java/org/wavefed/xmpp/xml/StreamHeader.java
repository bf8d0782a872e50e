// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

import java.util.Optional;

/**
 * The start tag of a stream (RFC 6120, section 4.7).
 *
 * @param contentNamespace the default namespace
 * @param attributes an element without content that holds the attributes
 */
public record StreamHeader(String contentNamespace, Element attributes) {
  /** The stream id that the receiving side made up. */
  public Optional<String> id() {
    return attributes.attribute("id");
  }

  /** Who speaks. */
  public Optional<String> from() {
    return attributes.attribute("from");
  }

  /** Whether stream features will follow. */
  public boolean isVersion1() {
    return attributes.attribute("version").filter(v -> v.startsWith("1.")).isPresent();
  }
}
