// SPDX-License-Identifier: Apache-2.0
/**
 * The thin adapters that let streams run on Netty. Nothing but I/O is here, and nothing of the
 * other packages of this bundle knows of Netty.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.wavefed.xmpp.netty;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
