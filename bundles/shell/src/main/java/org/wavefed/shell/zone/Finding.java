// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.zone;

/**
 * One thing that was compared.
 *
 * @param record what was looked up, such as {@code SRV _xmpp-server._tcp.acmewave.example}
 * @param published what the DNS says, as {@code dig +short} writes it; empty if nothing
 * @param verdict whether that is right
 * @param advice what is wrong and what to do; may be empty
 */
public record Finding(String record, String published, Verdict verdict, String advice) {
  /** Whether it is right. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** Not what this server's configuration says, which may be meant. */
    DIFFERS,
    /** It has to be there and is not. */
    MISSING,
    /** Others are led to where nobody answers. */
    WRONG
  }

  static Finding ok(String record, String published) {
    return new Finding(record, published, Verdict.OK, "");
  }
}
