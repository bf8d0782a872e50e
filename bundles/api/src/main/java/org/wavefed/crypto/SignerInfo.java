// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto;

import java.util.List;
import org.wavefed.model.Bytes;

/**
 * A signer as servers exchange it. Nothing in it is verified yet.
 *
 * @param hashAlgorithm how the signer id is computed from the chain
 * @param domain the domain that signs with it
 * @param certificates the DER of each certificate, the signer's own first
 */
public record SignerInfo(HashAlgorithm hashAlgorithm, String domain, List<Bytes> certificates) {
  /** How a signer id is computed; the numbers are those of the protocol's enum. */
  public enum HashAlgorithm {
    SHA256(1),
    SHA512(2);

    private final int number;

    HashAlgorithm(int number) {
      this.number = number;
    }

    /** The number in the protocol. */
    public int number() {
      return number;
    }
  }

  public SignerInfo {
    certificates = List.copyOf(certificates);
  }
}
