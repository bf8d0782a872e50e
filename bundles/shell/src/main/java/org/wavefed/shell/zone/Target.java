// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.zone;

import java.net.InetAddress;
import java.util.List;

/**
 * A server that others connect to, as they see it.
 *
 * @param host its name
 * @param port for STARTTLS; 0 for none
 * @param directPort for TLS at once; 0 for none
 * @param priority lower ones are tried first
 * @param weight the share among those of one priority
 * @param addresses of the host, if they are known
 */
public record Target(
    String host, int port, int directPort, int priority, int weight, List<InetAddress> addresses) {
  /** The list is copied. */
  public Target {
    addresses = List.copyOf(addresses);
  }
}
