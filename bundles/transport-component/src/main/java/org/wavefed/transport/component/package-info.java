// SPDX-License-Identifier: Apache-2.0
/**
 * Federation as an external component of an XMPP server (XEP-0114), over Netty. One configuration
 * of the PID {@code org.wavefed.transport.component} makes one {@link
 * org.wavefed.transport.component.ComponentTransport}, for one domain of ours.
 */
@NullMarked
package org.wavefed.transport.component;

import org.jspecify.annotations.NullMarked;
