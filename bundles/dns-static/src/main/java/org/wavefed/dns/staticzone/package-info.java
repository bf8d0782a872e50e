// SPDX-License-Identifier: Apache-2.0
/** {@link org.wavefed.dns.DnsResolver} that knows what its configuration says and asks nobody. */
@NullMarked
package org.wavefed.dns.staticzone;

import org.jspecify.annotations.NullMarked;
