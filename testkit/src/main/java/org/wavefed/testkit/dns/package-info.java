// SPDX-License-Identifier: Apache-2.0
/** What every {@link org.wavefed.dns.DnsResolver} must do, whatever it asks. */
@NullMarked
package org.wavefed.testkit.dns;

import org.jspecify.annotations.NullMarked;
