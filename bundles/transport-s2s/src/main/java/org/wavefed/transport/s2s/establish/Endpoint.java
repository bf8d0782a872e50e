// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

import java.net.InetAddress;
import org.wavefed.dns.HostAddress;

/** One address of a target. */
public record Endpoint(Target target, InetAddress address) {
  @Override
  public String toString() {
    return HostAddress.text(address, target.port()) + (target.directTls() ? " (direct TLS)" : "");
  }
}
