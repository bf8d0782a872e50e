// SPDX-License-Identifier: Apache-2.0
package org.wavefed.xmpp.xml;

import java.util.Arrays;

/**
 * Cuts a stream of UTF-8 between characters: the bytes of a character that a piece begins but does
 * not end are kept for the next piece. Aalto 1.4.0 loses such a character inside an attribute.
 */
final class Utf8Pieces {
  private byte[] kept = {};

  /** What was kept, and the piece up to its last whole character. */
  byte[] complete(byte[] piece, int offset, int length) {
    byte[] all = Arrays.copyOf(kept, kept.length + length);
    System.arraycopy(piece, offset, all, kept.length, length);
    int end = endOfLastCharacter(all);
    kept = Arrays.copyOfRange(all, end, all.length);
    return end == all.length ? all : Arrays.copyOf(all, end);
  }

  private static int endOfLastCharacter(byte[] all) {
    for (int back = 1; back <= Math.min(3, all.length); back++) {
      int lead = all[all.length - back] & 0xFF;
      if (lead >= 0xC0) {
        return back < lengthOf(lead) ? all.length - back : all.length;
      } else if (lead < 0x80) {
        return all.length;
      }
    }
    return all.length;
  }

  private static int lengthOf(int lead) {
    return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  }
}
