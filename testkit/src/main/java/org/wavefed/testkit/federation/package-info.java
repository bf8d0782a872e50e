// SPDX-License-Identifier: Apache-2.0
/**
 * Several servers in one JVM, joined by a network that fails on request, and crypto that is cheap.
 */
@NullMarked
package org.wavefed.testkit.federation;

import org.jspecify.annotations.NullMarked;
