// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.List;
import org.wavefed.model.Bytes;

/** What TLS says of one connection. Used by the connection's thread. */
final class Security {
  private boolean encrypted;
  private List<Bytes> peerChain = List.of();

  boolean isEncrypted() {
    return encrypted;
  }

  /** The certificates that the other side showed; not yet checked. */
  List<Bytes> peerChain() {
    return peerChain;
  }

  void encrypted(List<Bytes> chain) {
    encrypted = true;
    peerChain = List.copyOf(chain);
  }
}
