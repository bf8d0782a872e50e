// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import java.net.InetAddress;

/** One address of a target. */
public record Endpoint(Target target, InetAddress address) {
  @Override
  public String toString() {
    String text = address.getHostAddress();
    return (text.contains(":") ? "[" + text + "]" : text)
        + ":"
        + target.port()
        + (target.directTls() ? " (direct TLS)" : "");
  }
}
