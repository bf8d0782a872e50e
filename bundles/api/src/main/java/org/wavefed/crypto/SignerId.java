// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto;

import org.wavefed.model.Bytes;

/**
 * Names a signer: the hash of its certificate chain as a PkiPath, root end first.
 *
 * @param hash 32 bytes (SHA-256) or 64 bytes (SHA-512)
 */
public record SignerId(Bytes hash) {
  @Override
  public String toString() {
    return hash.toBase64();
  }
}
