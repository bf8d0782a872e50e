// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

/**
 * The rules by which we differ from the original on purpose; {@code conformance/DIFFERENCES.md}
 * gives the reasons at length. A case that only a rule explains is skipped; whatever else it says
 * has been compared nevertheless.
 */
public enum Difference {
  NO_SCHEMAS("schemas bind clients: a server takes any valid document"),
  UNFITTING_OPERATIONS("operations that are not for one document are refused, each time"),
  CARRIED_OPERATIONS("server operations are carried past the earlier operations of a late delta"),
  ADDRESS_PIECES("an address that cannot be taken to pieces has empty pieces, and no exception"),
  ALWAYS_VERIFIED("the verification of signatures cannot be switched off"),
  DNS_NAME_IS_ENOUGH("a certificate with a DNS name needs no common name"),
  SIGNER_CHECKED_WHEN_STORED("a signer that may not sign for its domain is not stored at all"),
  NO_ADDRESS_PATHS("deltas with an address path are verified but never made here");

  private final String reason;

  Difference(String reason) {
    this.reason = reason;
  }

  /** Why, in one line. */
  public String reason() {
    return reason;
  }
}
