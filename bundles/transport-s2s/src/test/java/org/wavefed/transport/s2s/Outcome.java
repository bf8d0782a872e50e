// SPDX-License-Identifier: Apache-2.0
package org.wavefed.transport.s2s;

import java.util.List;
import org.wavefed.transport.s2s.End.Door;
import org.wavefed.transport.s2s.Expected.Open;
import org.wavefed.transport.s2s.Expected.Refused;
import org.wavefed.transport.s2s.MemoryNetwork.Opened;

/**
 * What came of it when one server wanted a stream to another.
 *
 * @param conclusion what the initiator's operator reads
 * @param opened every stream that was opened
 * @param refusals what the other's operator reads
 * @param dialedBack whether the DNS was asked where the initiator is
 */
record Outcome(
    String conclusion,
    boolean reached,
    List<Opened> opened,
    List<String> refusals,
    boolean dialedBack) {
  Outcome {
    opened = List.copyOf(opened);
    refusals = List.copyOf(refusals);
  }

  boolean is(Expected expected) {
    return expected instanceof Open open ? isOpen(open) : isRefused((Refused) expected);
  }

  private boolean isOpen(Open open) {
    String tls = open.door() == Door.DIRECT_TLS ? " (direct TLS)" : "";
    String where = Combination.THERE + ":" + Combination.port(open.door()) + tls;
    return conclusion.equals("wave." + Combination.INITECH + " at " + where)
        && opened.contains(new Opened(open.encrypted(), open.byCertificate()));
  }

  private boolean isRefused(Refused refused) {
    return !reached
        && opened.isEmpty()
        && holds(conclusion, refused.here())
        && (refused.there().isEmpty()
            || refusals.stream().anyMatch(text -> holds(text, refused.there())));
  }

  private static boolean holds(String text, List<String> pieces) {
    int from = 0;
    for (String piece : pieces) {
      int found = text.indexOf(piece, from);
      if (found < 0) {
        return false;
      }
      from = found + piece.length();
    }
    return true;
  }
}
