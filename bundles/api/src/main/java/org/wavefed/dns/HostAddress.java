// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns;

import java.net.InetAddress;

/**
 * An address of a host.
 *
 * @param host the name that was asked for, lower case
 * @param address IPv4 or IPv6
 */
public record HostAddress(String host, InetAddress address) {}
