// SPDX-License-Identifier: Apache-2.0
package org.wavefed.conformance;

/** Asks our classes what a vector asks, and compares. */
@FunctionalInterface
interface Check {
  /**
   * Compares every field that the kind of vector defines.
   *
   * @throws Exception if the vector cannot be understood, or our classes refuse what they must not
   */
  void run(Vector vector, Findings findings) throws Exception;
}
