// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto;

/**
 * How a delta is signed; the numbers are those of the protocol's enum. Deployed servers know {@link
 * #SHA1_RSA} alone; the others are ours, for servers that agree on them ({@code docs/protocol.md},
 * Signatures).
 */
public enum SignatureAlgorithm {
  SHA1_RSA(1),
  SHA256_RSA(2),
  ED25519(3);

  private final int number;

  SignatureAlgorithm(int number) {
    this.number = number;
  }

  /** The number in the protocol. */
  public int number() {
    return number;
  }
}
