// SPDX-License-Identifier: Apache-2.0
/** What a domain has to publish in the DNS so that others find its server. */
@NullMarked
package org.wavefed.shell.zone;

import org.jspecify.annotations.NullMarked;
