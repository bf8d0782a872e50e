// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport;

import java.util.List;
import java.util.Optional;

/**
 * How a peer is reached.
 *
 * @param peerDomain who was looked for
 * @param steps everything that was tried or left out, in order
 * @param address the address of the wave service, if it can be reached
 * @param conclusion where it would be connected to, or the reason for failure, in one line
 */
public record ProbeReport(
    String peerDomain, List<ProbeStep> steps, Optional<String> address, String conclusion) {
  public ProbeReport {
    steps = List.copyOf(steps);
  }
}
