// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** One question as it is sent, with an id of its own. */
final class Query {
  private static final int HEADER = 12;
  private static final int TYPE_AND_CLASS = 4;
  private static final int RCODE_MASK = 0x0f;
  private static final int QR = 0x80;

  private final byte[] wire;
  private final int questionEnd;

  /** Asks for recursion and for the verdict of DNSSEC validation (RFC 6840, 5.7). */
  Query(Question question) {
    Message query = Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
    query.getHeader().setFlag(Flags.AD);
    query.addRecord(new OPTRecord(Nameservers.UDP_PAYLOAD_BYTES, 0, 0, 0), Section.ADDITIONAL);
    wire = query.toWire();
    questionEnd = HEADER + question.name().length() + TYPE_AND_CLASS;
  }

  byte[] wire() {
    return wire.clone();
  }

  /**
   * Whether these bytes answer this query: its id, its question. A refusal may come without a
   * question.
   */
  boolean isAnsweredBy(byte[] response) {
    return response.length >= HEADER
        && response[0] == wire[0]
        && response[1] == wire[1]
        && (response[2] & QR) != 0
        && (hasQuestion(response) || isBareRefusal(response));
  }

  private boolean hasQuestion(byte[] response) {
    if (response.length < questionEnd || response[4] != 0 || response[5] != 1) {
      return false;
    }
    for (int i = HEADER; i < questionEnd; i++) {
      if (lower(response[i]) != lower(wire[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBareRefusal(byte[] response) {
    return response[4] == 0 && response[5] == 0 && (response[3] & RCODE_MASK) != 0;
  }

  private static int lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + 'a' - 'A' : octet;
  }
}
