// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.net.IDN;
import java.util.Locale;
import org.wavefed.dns.DnsException;
import org.wavefed.dns.DnsException.Reason;
import org.xbill.DNS.Name;
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
      Name name = Name.fromString(ascii(text), Name.root);
      if (name.equals(Name.root)) {
        throw badName(text, new IllegalArgumentException("empty"));
      }
      return new Question(name, type);
    } catch (TextParseException | IllegalArgumentException e) {
      throw badName(text, e);
    }
  }

  // UTS 46 would be kinder to some scripts, but this is what the JDK has; names that are ASCII
  // already, as nearly all are, pass unchanged.
  private static String ascii(String text) {
    return IDN.toASCII(text.strip(), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
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
