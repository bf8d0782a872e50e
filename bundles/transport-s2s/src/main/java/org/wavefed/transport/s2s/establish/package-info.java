// SPDX-License-Identifier: Apache-2.0
/**
 * How the server of a domain is found and connected to, without sockets and clocks: the thirteen
 * steps of {@code docs/s2s.md}, Connection establishment.
 *
 * <p>A <em>target</em> is a host and port that the DNS names for a domain, an <em>endpoint</em> one
 * of its addresses. A <em>connection</em> goes to an endpoint; on it a <em>stream</em> is opened.
 */
@NullMarked
package org.wavefed.transport.s2s.establish;

import org.jspecify.annotations.NullMarked;
