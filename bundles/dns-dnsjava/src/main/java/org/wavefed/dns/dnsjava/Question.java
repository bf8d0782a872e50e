// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.net.IDN;
import java.util.Locale;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * What is asked of a nameserver.
 *
 * @param name absolute, lower case
 * @param type a {@link Type}
 */
record Question(Name name, int type) {
  /**
   * @throws DnsException if the text cannot be a domain name
   */
  static Question of(String text, int type) {
    try {
      // UTS 46 would be kinder to some scripts, but this is what the JDK has; names that are ASCII
      // already, as nearly all are, pass unchanged.
      String ascii = IDN.toASCII(text.strip(), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      if (ascii.isEmpty() || ascii.equals(".")) {
        throw badName(text, new IllegalArgumentException("empty"));
      }
      return new Question(Name.fromString(ascii, Name.root), type);
    } catch (TextParseException | IllegalArgumentException e) {
      throw badName(text, e);
    }
  }

  /** The query, asking for recursion and for the verdict of DNSSEC validation (RFC 6840, 5.7). */
  Message toMessage() {
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    query.getHeader().setFlag(Flags.AD);
    return query;
  }

  /** The name as operators write it. */
  String text() {
    return name.toString(true);
  }

  /** The type as operators write it. */
  String typeText() {
    return Type.string(type);
  }

  private static DnsException badName(String text, Exception cause) {
    return new DnsException(
        Reason.BAD_NAME, "'" + text + "' is not a domain name: " + cause.getMessage(), cause);
  }
}
