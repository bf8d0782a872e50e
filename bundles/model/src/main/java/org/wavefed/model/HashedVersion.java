// SPDX-License-Identifier: Apache-2.0
package org.wavefed.model;

/**
 * A version of a wavelet together with the hash of its history up to there ({@code
 * docs/protocol.md}, Versions and hashes). Two copies of a wavelet with equal hashed versions have
 * the same history.
 *
 * @param version the number of operations applied, 0 or more
 * @param historyHash the hash of the history; 20 bytes from version 1 on, the UTF-8 of the
 *     wavelet's URI at version 0
 */
public record HashedVersion(long version, Bytes historyHash) {
  /**
   * @throws IllegalArgumentException if the version is negative
   */
  public HashedVersion {
    if (version < 0) {
      throw new IllegalArgumentException("negative version " + version);
    }
  }

  @Override
  public String toString() {
    return version + ":" + historyHash;
  }
}
