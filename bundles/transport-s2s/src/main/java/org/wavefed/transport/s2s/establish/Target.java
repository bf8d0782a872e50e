// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s.establish;

/**
 * Where a domain's server is said to be.
 *
 * @param host lower case, ASCII
 * @param port 1 to 65535
 * @param directTls whether TLS starts at once (XEP-0368), and not by STARTTLS
 */
public record Target(String host, int port, boolean directTls) {
  /** Whether both are the same server as far as the DNS tells. */
  public boolean isSameServer(Target other) {
    return host.equals(other.host) && port == other.port;
  }

  @Override
  public String toString() {
    return host + ":" + port + (directTls ? " (direct TLS)" : "");
  }
}
