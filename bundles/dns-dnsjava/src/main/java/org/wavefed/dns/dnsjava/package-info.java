// SPDX-License-Identifier: Apache-2.0
/**
 * {@link org.wavefed.dns.DnsResolver} over dnsjava, which brings the wire format and the sockets.
 * What an answer means, which nameserver is asked next and what is kept for how long is decided
 * here.
 */
@NullMarked
package org.wavefed.dns.dnsjava;

import org.jspecify.annotations.NullMarked;
