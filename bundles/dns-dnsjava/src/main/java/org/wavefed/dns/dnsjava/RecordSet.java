// SPDX-License-Identifier: Apache-2.0
package org.wavefed.dns.dnsjava;

import java.util.List;
import org.wavefed.dns.DnsAnswer.Kind;
import org.xbill.DNS.Record;

/**
 * The records of one name and type, or why there are none.
 *
 * @param seconds for how long this may be used
 */
record RecordSet(Kind kind, List<Record> records, long seconds, boolean authenticated) {
  RecordSet {
    records = List.copyOf(records);
  }
}
