// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

/**
 * From which domain of ours to which other domain a call goes.
 *
 * @param localDomain a wave provider domain that this server hosts, lower case
 * @param peerDomain the other wave provider domain, lower case
 */
public record Route(String localDomain, String peerDomain) {
  @Override
  public String toString() {
    return localDomain + " -> " + peerDomain;
  }
}
