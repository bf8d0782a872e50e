// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell.zone;

/**
 * A record of a zone.
 *
 * @param name without the dot at its end
 * @param type {@code SRV}, {@code A} or {@code AAAA}
 * @param data as {@code dig +short} writes it
 */
public record Record(String name, String type, String data) {
  /** The line of a zone file (RFC 1035, section 5), whole names, an hour to live. */
  public String line() {
    return name + ". 3600 IN " + type + " " + data;
  }
}
